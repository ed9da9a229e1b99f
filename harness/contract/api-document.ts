import { readFileSync } from 'node:fs'
import { toMessage } from '../ground/to-message.ts'
import { HarnessError } from '../model/error.ts'
import { type ApiOperation, parseOperations } from './parse-operations.ts'
import { parseYaml } from './parse-yaml.ts'
import { createSchemaChecks, type SchemaChecks } from './schema-checks.ts'

/** An OpenAPI 3.1 document, ready to hold requests and responses against. */
export interface ApiDocument extends SchemaChecks {
  /** Path as it was given, for messages. */
  readonly file: string
  readonly title: string
  readonly operations: readonly ApiOperation[]
  /** The document as parsed; plain data. */
  readonly json: unknown
}

/**
 * Reads an OpenAPI 3.1 document, YAML or JSON. Schemas are compiled when they are first needed.
 * @throws document-invalid with all faults at once
 */
export function readApiDocument(file: string, kept: string | null = null): ApiDocument {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    throw invalid(file, ['the file can not be read'], cause)
  }
  return parseApiDocument(text, file, kept)
}

/**
 * Parses an OpenAPI 3.1 document.
 * @param kept folder where parsed texts are kept; null: nowhere
 * @throws document-invalid with all faults at once
 */
export function parseApiDocument(text: string, file: string, kept: string | null = null): ApiDocument {
  let json: unknown
  try {
    json = parseYaml(text, kept)
  } catch (cause) {
    throw invalid(file, [toMessage(cause)], cause)
  }
  const { openapi, info } = (json ?? {}) as { openapi?: unknown; info?: { title?: unknown } }
  if (typeof openapi !== 'string' || !/^3\.1\./.test(openapi)) {
    throw invalid(file, [`openapi is ${JSON.stringify(openapi) ?? 'missing'}, where 3.1.x is understood`])
  }
  const { operations, faults } = parseOperations(json)
  if (faults.length > 0) throw invalid(file, faults)
  return { file, title: String(info?.title ?? 'API'), operations, json, ...createSchemaChecks(json, file) }
}

function invalid(file: string, faults: readonly string[], cause?: unknown): HarnessError<'document-invalid'> {
  return new HarnessError(
    'document-invalid',
    `The OpenAPI document ${file} has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`,
    'Mend the document: nothing can be held against it as it is.',
    { document: file, faults },
    { cause },
  )
}

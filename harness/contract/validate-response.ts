import type { ContractFault, ExercisedResponse } from '../model/contract.ts'
import type { ApiDocument } from './api-document.ts'
import { describeValue } from './describe-value.ts'
import { findOperation, findTemplate } from './find-operation.ts'
import type { ApiOperation } from './parse-operations.ts'

/** An answer as it came over the wire. */
export interface ReceivedResponse {
  readonly method: string
  /** Path with or without query. */
  readonly path: string
  readonly status: number
  /** The header; null when there was none. */
  readonly contentType: string | null
  /** Parsed where it is JSON; undefined for no content. */
  readonly body: unknown
}

/** An answer, compared with the document. */
interface ValidatedResponse {
  readonly operation: ApiOperation | null
  /** null when the document does not describe the status. */
  readonly exercised: ExercisedResponse | null
  readonly faults: readonly ContractFault[]
}

/**
 * Compares an answer with the document: status, content type, body. An unknown path or method may only get 404, 405
 * or 501. Pure.
 * @param asOperation operation to use instead of the path's
 * @throws document-invalid when a schema does not compile
 */
export function validateResponse(
  document: ApiDocument,
  response: ReceivedResponse,
  asOperation?: string,
): ValidatedResponse {
  const operation =
    asOperation === undefined
      ? findOperation(document.operations, response.method, response.path)
      : document.operations.find(({ operationId }) => operationId === asOperation)
  if (!operation) return unknownOperation(document, response, asOperation)

  const status = findStatus(operation, response.status)
  const about = {
    operationId: operation.operationId,
    request: `${operation.method} ${operation.path}`,
    status: response.status,
  }
  if (status === undefined) {
    const got = describeValue(response.body, '')
    const fault = { ...about, check: 'status_code_conformance' as const, pointer: '' }
    const expected = `a described status: ${Object.keys(operation.responses).join(', ')}`
    return {
      operation,
      exercised: null,
      faults: [{ ...fault, expected, got: `${response.status} with ${got}` }],
    }
  }
  const exercised = { operationId: operation.operationId, status }
  const content = operation.responses[status] ?? {}
  return {
    operation,
    exercised,
    faults: checkContent(document, content, response).map((fault) => ({ ...about, ...fault })),
  }
}

type ContentFault = Pick<ContractFault, 'check' | 'pointer' | 'expected' | 'got'>

function checkContent(
  document: ApiDocument,
  content: Readonly<Record<string, string | null>>,
  { method, contentType, body }: ReceivedResponse,
): ContentFault[] {
  const types = Object.keys(content)
  const given = contentType?.split(';')[0]?.trim().toLowerCase() ?? null
  if (types.length === 0 || method.toUpperCase() === 'HEAD') return []
  const type = types.find((known) => known === given) ?? types.find((known) => coversType(known, given))
  if (type === undefined) {
    const check = 'content_type_conformance'
    return [{ check, pointer: '', expected: types.join(' or '), got: given ?? 'no content type' }]
  }
  const schema = content[type]
  if (schema === null || schema === undefined) return []
  return document
    .checkValue(schema, body, 'response')
    .map((fault) => ({ check: 'response_schema_conformance', ...fault }))
}

/** `application/*`, or any type at all. */
function coversType(range: string, given: string | null): boolean {
  if (given === null || !range.endsWith('/*')) return false
  return range === '*/*' || given.startsWith(range.slice(0, -1))
}

/** The key that describes a status: itself, its class, or `default`. */
function findStatus(operation: ApiOperation, status: number): string | undefined {
  const keys = [String(status), `${String(status)[0]}XX`, 'default']
  return keys.find((key) => operation.responses[key] !== undefined)
}

function unknownOperation(
  { operations, file }: ApiDocument,
  { method, path, status }: ReceivedResponse,
  asOperation: string | undefined,
): ValidatedResponse {
  const template = findTemplate(operations, path)
  const request = `${method.toUpperCase()} ${template ?? path.replace(/\?.*$/, '')}`
  if (asOperation === undefined && [404, 405, 501].includes(status)) {
    return { operation: null, exercised: null, faults: [] }
  }
  const expected = asOperation === undefined ? '404, 405 or 501' : `an operation ${asOperation} in ${file}`
  const check = template === undefined ? 'status_code_conformance' : 'unsupported_method'
  const fault = {
    check,
    operationId: null,
    request,
    status,
    pointer: '',
    expected,
    got: String(status),
  } as const
  return { operation: null, exercised: null, faults: [fault] }
}

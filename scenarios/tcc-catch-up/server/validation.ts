import { readFileSync } from 'node:fs'
import type { ErrorObject, ValidateFunction } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { parse } from 'yaml'
import { ApiError } from './errors.ts'

/** The parts of a request that the contract describes. */
export interface RequestParts {
  readonly params: unknown
  readonly query: unknown
  readonly body: unknown
}

/** Checks the parts of a request against one operation of the contract. */
export interface RequestRules {
  /**
   * The parts as the operation takes them: parameters as numbers and booleans, with the contract's defaults; the body
   * as it came.
   * @throws ApiError `invalid-input`; its meta names each fault by a JSON pointer such as `/body/email`
   */
  check(parts: RequestParts): RequestParts
}

const contractUrl = new URL('../openapi.yaml', import.meta.url)
const contractId = 'openapi'
/** Most faults in an answer: more help nobody, and an answer should not grow with the request. */
const maxFaults = 20

/**
 * The rules for requests to one operation of `openapi.yaml`. The document is read once per process, a schema is
 * compiled with the first request.
 * @throws Error when the contract has no such operation
 */
export function rulesOf(operationId: string): RequestRules {
  // What the contract says of requests is said nowhere else, so the two can't differ.
  contract ??= readContract()
  const { bodies, parameters, operations } = contract
  const pointer = operations.get(operationId)
  if (!pointer) throw new Error(`openapi.yaml has no operation ${operationId}.`)
  const operation = at(contract.document, pointer) as Operation
  const compiled = lazy(() => ({
    params: parameters.compile(toParametersSchema(contract as Contract, pointer, 'path')),
    query: parameters.compile(toParametersSchema(contract as Contract, pointer, 'query')),
    body: bodies.compile(toBodySchema(operation, pointer)),
  }))
  const expectsBody = operation.requestBody !== undefined
  const requiresBody = operation.requestBody?.required === true

  return {
    check({ params, query, body }) {
      const checks = compiled()
      // Ajv writes what it converts into what it is given; the request's own parts stay as they came.
      const parts = { params: { ...asObject(params) }, query: { ...asObject(query) }, body }
      const faults = [
        ...faultsOf(checks.params, parts.params, '/path'),
        ...faultsOf(checks.query, parts.query, '/query'),
        ...(expectsBody && (requiresBody || body !== undefined)
          ? faultsOf(checks.body, body === undefined ? null : body, '/body')
          : []),
      ].slice(0, maxFaults)
      if (faults.length === 0) return parts
      throw new ApiError('invalid-input', 'The request does not fit what this operation takes.', {
        meta: Object.fromEntries(faults),
      })
    },
  }
}

interface Operation {
  readonly operationId?: string
  readonly parameters?: readonly unknown[]
  readonly requestBody?: { readonly required?: boolean }
}

interface Parameter {
  readonly name: string
  readonly in: string
  readonly required?: boolean
}

interface Contract {
  readonly document: object
  /** Pointer to each operation by its id. */
  readonly operations: ReadonlyMap<string, string>
  readonly bodies: Ajv2020
  /** Parameters arrive as text and are converted. */
  readonly parameters: Ajv2020
}

let contract: Contract | undefined
const methods = ['get', 'put', 'post', 'delete', 'patch'] as const

function readContract(): Contract {
  const document = parse(readFileSync(contractUrl, 'utf8')) as {
    paths: Record<string, Record<string, Operation>>
  }
  const operations = new Map<string, string>()
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of methods) {
      const operationId = item[method]?.operationId
      if (operationId) operations.set(operationId, `/paths/${escapePart(path)}/${method}`)
    }
  }
  const options = { strict: false, allErrors: true, validateSchema: false, addUsedSchema: false } as const
  const bodies = new Ajv2020(options)
  const parameters = new Ajv2020({ ...options, coerceTypes: true, useDefaults: true })
  for (const ajv of [bodies, parameters]) {
    addFormats.default(ajv)
    ajv.addSchema(document, contractId)
  }
  return { document, operations, bodies, parameters }
}

function toBodySchema(operation: Operation, pointer: string): object {
  if (!operation.requestBody) return {}
  return { $ref: `${contractId}#${escapeUri(`${pointer}/requestBody/content/application~1json/schema`)}` }
}

function toParametersSchema({ document }: Contract, pointer: string, place: 'path' | 'query'): object {
  const pathItem = pointer.slice(0, pointer.lastIndexOf('/'))
  const properties: Record<string, object> = {}
  const required: string[] = []
  for (const list of [`${pathItem}/parameters`, `${pointer}/parameters`]) {
    const entries = (at(document, list) ?? []) as readonly { $ref?: string }[]
    for (const [index, entry] of entries.entries()) {
      const where = entry.$ref?.slice(1) ?? `${list}/${index}`
      const parameter = at(document, where) as Parameter
      if (parameter.in !== place) continue
      // A default beside a reference is lost on Ajv, so the referring schema is looked up where it stands.
      properties[parameter.name] = withDefault(document, `${where}/schema`)
      if (parameter.required) required.push(parameter.name)
    }
  }
  return { type: 'object', properties, required }
}

function withDefault(document: object, pointer: string): object {
  const { default: byDefault } = at(document, pointer) as { default?: unknown }
  const reference = { $ref: `${contractId}#${escapeUri(pointer)}` }
  return byDefault === undefined ? reference : { ...reference, default: byDefault }
}

function faultsOf(check: ValidateFunction, value: unknown, root: string): [string, string][] {
  if (check(value)) return []
  return (check.errors ?? []).map((error) => [
    `${root}${error.instancePath}${memberOf(error)}`,
    wordsOf(error),
  ])
}

/** The pointer of the member that is missing or extra. */
function memberOf({ keyword, params }: ErrorObject): string {
  if (keyword === 'required') return `/${escapePart(params.missingProperty)}`
  return keyword === 'additionalProperties' ? `/${escapePart(params.additionalProperty)}` : ''
}

function wordsOf({ keyword, message, params }: ErrorObject): string {
  if (keyword === 'required') return 'is missing'
  if (keyword === 'additionalProperties') return 'is not known here'
  if (keyword === 'enum') return `must be one of ${params.allowedValues.join(', ')}`
  return message ?? 'is not valid'
}

function asObject(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {}
}

function at(document: object, pointer: string): unknown {
  let value: unknown = document
  for (const part of pointer.split('/').slice(1)) {
    value = (value as Record<string, unknown> | undefined)?.[part.replaceAll('~1', '/').replaceAll('~0', '~')]
  }
  return value
}

function escapePart(part: string): string {
  return part.replaceAll('~', '~0').replaceAll('/', '~1')
}

/** A pointer in a URI fragment, in which the braces of `{id}` would be invalid. */
function escapeUri(pointer: string): string {
  return pointer.split('/').map(encodeURIComponent).join('/')
}

function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

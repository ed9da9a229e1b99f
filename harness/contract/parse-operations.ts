import { follow, join, lookUp, toRecord } from './resolve-pointer.ts'

/** Content of a request or response by media type, with the pointer of its schema; null: any content of that type. */
type ApiContent = Readonly<Record<string, string | null>>

/** A parameter of an operation. */
export interface ApiParameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header' | 'cookie'
  readonly required: boolean
  /** Pointer of its schema; null when it has none. */
  readonly schema: string | null
  readonly example: unknown
}

/** One operation of the document, references followed. */
export interface ApiOperation {
  readonly operationId: string
  /** Upper case. */
  readonly method: string
  /** Template: `/api/trips/{id}`. */
  readonly path: string
  readonly tags: readonly string[]
  /** `x-since-phase`: first phase after which it works; 0 where the document says nothing. */
  readonly sincePhase: number
  /** Needs no login: `x-public: true`, or a security that asks for nothing. */
  readonly isPublic: boolean
  readonly parameters: readonly ApiParameter[]
  readonly requestBody: { readonly required: boolean; readonly content: ApiContent } | null
  /** By status key: `201`, `2XX`, `default`. */
  readonly responses: Readonly<Record<string, ApiContent>>
  /** `x-sample`: valid input, where made-up input would not do. */
  readonly sample: Readonly<Record<string, unknown>>
}

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const
const places = ['path', 'query', 'header', 'cookie'] as const

/**
 * The operations of an OpenAPI document in its order, and what is wrong with the document, in sentences. Reads only what a contract
 * needs, so that an unusual document is refused for that alone; a full validator would refuse what no request depends on.
 */
export function parseOperations(document: unknown): {
  readonly operations: readonly ApiOperation[]
  readonly faults: readonly string[]
} {
  const root = toRecord(document)
  const faults: string[] = []
  const operations = Object.entries(toRecord(root.paths)).flatMap(([path, item]) =>
    methods
      .filter((method) => toRecord(item)[method] !== undefined)
      .map((method) => parseOperation(document, path, method, faults)),
  )
  const ids = operations.map(({ operationId }) => operationId)
  faults.push(
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `operationId ${id} is given twice`),
  )
  return { operations, faults }
}

function parseOperation(
  document: unknown,
  path: string,
  method: (typeof methods)[number],
  faults: string[],
): ApiOperation {
  const item = lookUp(document, join('/paths', path))
  const pointer = join('/paths', path, method)
  const node = toRecord(lookUp(document, pointer))
  const name = `${method.toUpperCase()} ${path}`
  if (typeof node.operationId !== 'string') faults.push(`${name} has no operationId`)

  const locate = (at: string) => {
    const found = follow(document, { pointer: at, node: lookUp(document, at) })
    if (!found) faults.push(`${name}: the reference at ${at} leads nowhere`)
    return { pointer: found?.pointer ?? at, node: toRecord(found?.node) }
  }
  const contentOf = (at: string, content: unknown): ApiContent =>
    Object.fromEntries(
      Object.entries(toRecord(content)).map(([type, media]) => [
        type.toLowerCase(),
        toRecord(media).schema === undefined ? null : join(at, 'content', type, 'schema'),
      ]),
    )

  const responses = Object.keys(toRecord(node.responses)).map((status) => {
    const found = locate(join(pointer, 'responses', status))
    return [status.toUpperCase().replace('DEFAULT', 'default'), contentOf(found.pointer, found.node.content)]
  })
  if (responses.length === 0) faults.push(`${name} describes no response`)

  const body = node.requestBody === undefined ? null : locate(join(pointer, 'requestBody'))
  return {
    operationId: String(node.operationId ?? name),
    method: method.toUpperCase(),
    path,
    tags: Array.isArray(node.tags) ? node.tags.map(String) : [],
    sincePhase: Number(node['x-since-phase'] ?? 0),
    isPublic: node['x-public'] === true || asksForNothing(node.security ?? toRecord(document).security),
    parameters: [
      ...list(toRecord(item).parameters, join('/paths', path)),
      ...list(node.parameters, pointer),
    ].flatMap((at) => toParameter(locate(at)) ?? []),
    requestBody: body && {
      required: body.node.required === true,
      content: contentOf(body.pointer, body.node.content),
    },
    responses: Object.fromEntries(responses),
    sample: toRecord(node['x-sample']),
  }
}

function list(parameters: unknown, pointer: string): string[] {
  return Array.isArray(parameters) ? parameters.map((_, index) => join(pointer, 'parameters', index)) : []
}

function toParameter({ pointer, node }: { pointer: string; node: Readonly<Record<string, unknown>> }) {
  const place = places.find((known) => known === node.in)
  if (place === undefined || typeof node.name !== 'string') return null
  const [first] = Object.values(toRecord(node.examples))
  const parameter: ApiParameter = {
    name: node.name,
    in: place,
    required: node.required === true,
    schema: node.schema === undefined ? null : join(pointer, 'schema'),
    example: node.example ?? toRecord(first).value,
  }
  return parameter
}

/** No requirement, or one that is empty: whoever comes is let in. */
function asksForNothing(security: unknown): boolean {
  if (!Array.isArray(security)) return true
  return security.length === 0 || security.some((entry) => Object.keys(toRecord(entry)).length === 0)
}

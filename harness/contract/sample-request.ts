import type { Sample, SweepPlan } from '../model/contract.ts'
import type { ApiDocument } from './api-document.ts'
import { makeValue } from './make-value.ts'
import type { ApiOperation, ApiParameter } from './parse-operations.ts'
import { toRecord } from './resolve-pointer.ts'

/** A request that the document accepts, but for who sends it. */
export interface SampleRequest {
  readonly operation: ApiOperation
  readonly method: string
  /** Parameters filled in, with query. */
  readonly path: string
  readonly pathValues: Readonly<Record<string, unknown>>
  readonly query: Readonly<Record<string, unknown>>
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
  /** Media type of the body; null without one. */
  readonly mediaType: string | null
}

/** Asks the clone for the first column of the first row; undefined when there is none, or the table is not there yet. */
export type AskValue = (sql: string) => Promise<unknown>

/**
 * Makes a valid request for an operation: what the plan states, then `x-sample`, then examples, then made up from the schemas.
 * A text instead when a value of the path is not known.
 */
export async function makeSampleRequest(
  document: ApiDocument,
  operation: ApiOperation,
  plan: SweepPlan,
  ask: AskValue,
): Promise<SampleRequest | string> {
  const sample = sampleOf(operation, plan)
  const named = nameAfter(operation, await resolveAll(plan.values ?? {}, ask))
  const pathValues: Record<string, unknown> = {}
  const query: Record<string, unknown> = {}
  const headers: Record<string, string> = {}
  for (const parameter of operation.parameters) {
    const { name, in: place } = parameter
    const stated =
      place === 'path' ? sample.path?.[name] : place === 'query' ? sample.query?.[name] : undefined
    const value = await resolve(stated ?? defaultOf(document, operation, parameter, plan, named), ask)
    if (value === undefined && place === 'path') return `no value for {${name}}`
    if (value === undefined) continue
    if (place === 'path') pathValues[name] = value
    else if (place === 'query') query[name] = value
    else if (place === 'header') headers[name] = String(value)
  }
  const content = operation.requestBody?.content ?? {}
  const mediaType =
    Object.keys(content).find((type) => /[/+]json$/.test(type)) ?? Object.keys(content)[0] ?? null
  const schema = mediaType === null ? null : content[mediaType]
  const made = typeof schema === 'string' ? makeValue(document.json, schema, named) : undefined
  const body = sample.body === undefined ? made : mergeBody(made, await resolveDeep(sample.body, ask))
  const request = { operation, method: operation.method, pathValues, query, headers, body, mediaType }
  return { ...request, path: toPath(operation.path, pathValues, query) }
}

/** What the plan and the document say about one operation. */
export function sampleOf(operation: ApiOperation, plan: SweepPlan): Sample {
  return { ...(operation.sample as Sample), ...plan.samples?.[operation.operationId] }
}

/** The path with its parameters filled in. */
export function toPath(
  template: string,
  values: Readonly<Record<string, unknown>>,
  query: Readonly<Record<string, unknown>>,
): string {
  const path = template.replaceAll(/\{([^}]+)\}/g, (_, name: string) =>
    encodeURIComponent(String(values[name])),
  )
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    [value].flat().map((one): [string, string] => [name, String(one)]),
  )
  return pairs.length === 0 ? path : `${path}?${new URLSearchParams(pairs)}`
}

function defaultOf(
  document: ApiDocument,
  { path }: ApiOperation,
  { name, in: place, required, schema, example }: ApiParameter,
  plan: SweepPlan,
  named: Readonly<Record<string, unknown>>,
): unknown {
  if (place === 'path') return plan.ids?.[path.slice(0, path.indexOf(`/{${name}}`))] ?? named[name] ?? example
  if (place === 'query' && name === 'limit' && schema !== null) return largest(document, schema)
  if (!required) return undefined
  return named[name] ?? example ?? (schema === null ? 'sweep' : makeValue(document.json, schema, named))
}

/** A list is asked for whole, so that the row that must be in it is on the first page. */
function largest({ checkValue }: ApiDocument, schema: string): number {
  return (
    [1000, 500, 250, 200, 100, 50, 20, 10].find(
      (limit) => checkValue(schema, limit, 'request').length === 0,
    ) ?? 1
  )
}

function mergeBody(made: unknown, stated: unknown): unknown {
  if (Array.isArray(stated) || typeof stated !== 'object' || stated === null) return stated
  return { ...toRecord(made), ...stated }
}

/** `{operationId}` in a text keeps values apart that must be unique. */
function nameAfter({ operationId }: ApiOperation, values: Readonly<Record<string, unknown>>) {
  const entries = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'string' ? value.replaceAll('{operationId}', operationId.toLowerCase()) : value,
  ])
  return Object.fromEntries(entries) as Readonly<Record<string, unknown>>
}

async function resolveAll(values: Readonly<Record<string, unknown>>, ask: AskValue) {
  const entries = await Promise.all(
    Object.entries(values).map(async ([name, value]) => [name, await resolve(value, ask)] as const),
  )
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
}

async function resolve(value: unknown, ask: AskValue): Promise<unknown> {
  const { $sql: sql } = toRecord(value)
  return typeof sql === 'string' ? ask(sql) : value
}

async function resolveDeep(value: unknown, ask: AskValue): Promise<unknown> {
  const resolved = await resolve(value, ask)
  if (resolved !== value) return resolved
  if (Array.isArray(value)) return Promise.all(value.map((item) => resolveDeep(item, ask)))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(async ([name, item]) => [name, await resolveDeep(item, ask)])
  return Object.fromEntries(await Promise.all(entries))
}

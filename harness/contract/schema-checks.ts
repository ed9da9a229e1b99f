import type { ErrorObject, ValidateFunction } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { toMessage } from '../ground/to-message.ts'
import { HarnessError } from '../model/error.ts'
import { describeValue } from './describe-value.ts'
import { join, lookUp, toRecord } from './resolve-pointer.ts'

/** One place where a value is not what its schema says. */
interface SchemaFault {
  /** JSON pointer into the value. */
  readonly pointer: string
  readonly expected: string
  readonly got: string
}

/** A request may leave out what only answers hold (`readOnly`), an answer what only requests hold (`writeOnly`). */
type Direction = 'request' | 'response'

/** Holds values against the schemas of one document. */
export interface SchemaChecks {
  /**
   * The faults of a value against the schema at a pointer of the document; none when it fits.
   * @throws document-invalid when the schema itself does not compile
   */
  checkValue(schema: string, value: unknown, direction: Direction): readonly SchemaFault[]
}

/** Registers the document once for each direction; its schemas are compiled by reference into it, each when first needed. */
export function createSchemaChecks(document: unknown, file: string): SchemaChecks {
  const registered = { request: register(document, 'readOnly'), response: register(document, 'writeOnly') }
  const compiled = new Map<string, ValidateFunction>()
  return {
    checkValue(schema, value, direction) {
      const key = `${direction} ${schema}`
      const validate = compiled.get(key) ?? compile(registered[direction], schema, file)
      compiled.set(key, validate)
      if (validate(value)) return []
      const foreign = direction === 'request' ? 'readOnly' : 'writeOnly'
      return toFaults(document, validate.errors ?? [], foreign)
    },
  }
}

function register(document: unknown, foreign: 'readOnly' | 'writeOnly'): Ajv2020 {
  const ajv = new Ajv2020({
    strict: false,
    allErrors: true,
    verbose: true,
    discriminator: true,
    validateSchema: false,
    logger: false,
  })
  // Both are CommonJS; how the default export arrives depends on who loads it.
  const add = (addFormats as unknown as { default?: typeof addFormats }).default ?? addFormats
  ;(add as unknown as (target: Ajv2020) => void)(ajv)
  ajv.removeKeyword(foreign)
  // A property that belongs to the other direction must not be there at all.
  ajv.addKeyword({ keyword: foreign, schemaType: 'boolean', validate: (isForeign: boolean) => !isForeign })
  return ajv.addSchema(document as object, 'api')
}

function compile(ajv: Ajv2020, schema: string, file: string): ValidateFunction {
  try {
    return ajv.compile({ $ref: `api#${encodeURI(schema)}` })
  } catch (cause) {
    const fault = `the schema at ${schema}: ${toMessage(cause)}`
    throw new HarnessError(
      'document-invalid',
      `The OpenAPI document ${file} has a fault:\n  - ${fault}`,
      'Mend the document: nothing can be held against it as it is.',
      { document: file, faults: [fault] },
      { cause },
    )
  }
}

function toFaults(
  document: unknown,
  errors: readonly ErrorObject[],
  foreign: 'readOnly' | 'writeOnly',
): readonly SchemaFault[] {
  const telling = leaveOutBranches(errors).filter((error) => !isOfOtherDirection(document, error, foreign))
  const faults = telling.map((error) => toFault(error, foreign))
  const seen = new Set<string>()
  return faults.filter(({ pointer, expected }) => {
    // The items of a list are alike: what is wrong with all of them is told of the first.
    const key = `${pointer.replaceAll(/\/\d+(?=\/|$)/g, '/*')} ${expected}`
    return !seen.has(key) && seen.add(key)
  })
}

/**
 * Ajv reports every branch of an `anyOf` that did not fit, and then the `anyOf`. When just one branch is of the value's type,
 * its errors are what the author wants; else the `anyOf` alone.
 */
function leaveOutBranches(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  let left = errors.filter(({ keyword }) => keyword !== 'if')
  for (const choice of errors.filter(({ keyword }) => keyword === 'anyOf' || keyword === 'oneOf')) {
    const branches = choice.schema
    const inside = left.filter((error) => error !== choice && isInside(error, choice))
    if (!Array.isArray(branches) || inside.length === 0) continue
    const rejected = inside.filter(
      ({ keyword, instancePath }) => keyword === 'type' && instancePath === choice.instancePath,
    )
    const isTelling = rejected.length === branches.length - 1 && inside.length > rejected.length
    left = left.filter((error) =>
      isTelling ? error !== choice && !rejected.includes(error) : !inside.includes(error),
    )
  }
  return left
}

function isInside(error: ErrorObject, choice: ErrorObject): boolean {
  return (
    error.instancePath.startsWith(choice.instancePath) &&
    (error.schemaPath.startsWith(`${choice.schemaPath}/`) ||
      // Behind a $ref the path of the schema starts anew; inside the choice it can only have come from a branch.
      (error.schemaPath !== choice.schemaPath &&
        !error.schemaPath.startsWith(choice.schemaPath.replace(/\/[^/]+$/, '/'))))
  )
}

function isOfOtherDirection(document: unknown, error: ErrorObject, foreign: string): boolean {
  if (error.keyword !== 'required') return false
  const properties = toRecord(toRecord(error.parentSchema).properties)
  let property = toRecord(properties[error.params.missingProperty])
  if (typeof property.$ref === 'string') property = toRecord(lookUp(document, property.$ref.slice(1)))
  return property[foreign] === true
}

const expectations: Readonly<Record<string, (error: ErrorObject) => string>> = {
  type: ({ params }) => [params.type].flat().join(' or '),
  required: () => 'to be there',
  additionalProperties: () => 'no such property',
  unevaluatedProperties: () => 'no such property',
  enum: ({ params }) =>
    `one of ${params.allowedValues.map((value: unknown) => JSON.stringify(value)).join(', ')}`,
  const: ({ params }) => JSON.stringify(params.allowedValue),
  format: ({ params }) => `the format ${params.format}`,
  pattern: ({ params }) => `the pattern ${params.pattern}`,
  anyOf: () => 'one of the described forms',
  oneOf: () => 'exactly one of the described forms',
  readOnly: () => 'not in a request',
  writeOnly: () => 'not in an answer',
  'false schema': () => 'nothing',
}

function toFault(error: ErrorObject, foreign: string): SchemaFault {
  const expected = expectations[error.keyword]?.(error) ?? error.message ?? error.keyword
  const { missingProperty, additionalProperty, unevaluatedProperty } = error.params
  const property = missingProperty ?? additionalProperty ?? unevaluatedProperty
  if (property === undefined) {
    const schema = error.keyword === foreign ? { writeOnly: true } : error.parentSchema
    const got = describeValue(error.data, error.instancePath, schema)
    return { pointer: error.instancePath, expected, got }
  }
  const pointer = join(error.instancePath, property)
  return { pointer, expected, got: describeValue(toRecord(error.data)[property], pointer) }
}

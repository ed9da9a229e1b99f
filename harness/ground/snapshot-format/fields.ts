import * as z from 'zod'

/** A text that is not empty, or that fits a shape; `what` finishes the sentence "should be …". */
export function text(what = 'a text', shape: RegExp = /./s): z.ZodString {
  return z.string(`should be ${what}`).regex(shape, `should be ${what}`)
}

/** A whole number that JavaScript holds exactly. */
export function count(least = 0): z.ZodNumber {
  const message = `should be a whole number, ${least} or more`
  return z.number(message).refine((value) => Number.isSafeInteger(value) && value >= least, message)
}

/** True or false. */
export const flag: z.ZodBoolean = z.boolean('should be true or false')

/** True or false; left out or empty: false. */
export const optionalFlag = flag.nullish().transform((value) => value ?? false)

/** A list whose elements fit. */
export function list<T extends z.ZodType>(element: T): z.ZodArray<T> {
  return z.array(element, 'should be a list')
}

/** One schema for each field of a type of the model, so that a field without a schema does not compile, nor one that is no field. */
export type ShapeOf<T> = { readonly [F in keyof T]-?: z.ZodType<T[F]> }

/** A mapping with these keys and no others. */
export function mapping<const T extends z.core.$ZodLooseShape>(shape: T): z.ZodObject<T, z.core.$strict> {
  const known = `known are ${Object.keys(shape).join(', ')}`
  return z.strictObject(shape, {
    error: ({ code }) => (code === 'unrecognized_keys' ? known : 'should be an object'),
  })
}

/** A mapping whose keys are names that somebody chose; `refusal` finishes the sentence about one that is not `allowed`. */
export function named<T extends z.ZodType>(
  value: T,
  allowed: (key: string) => unknown = () => true,
  refusal = '',
): z.ZodRecord<z.ZodString, T> {
  return z.record(
    z.string().refine((key) => allowed(key) !== null),
    value,
    { error: ({ code }) => (code === 'invalid_key' ? refusal : 'should be an object') },
  )
}

/** Runs a check over several fields of a mapping also where other fields are wrong, so that all is said at once. */
export const always = { when: ({ value }: { value: unknown }) => isMapping(value) }

/** Tells whether a value is an object, neither null nor a list. */
export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

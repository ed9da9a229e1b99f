import { schemaDifferences } from '../differences.ts'
import type { Check } from './check.ts'

/** The schema after the phase equals the reference: tables, columns, types, defaults, nullability, indexes, constraints. */
export const checkSameSchema: Check<'same-schema'> = ({ reference }, { after, references }) => {
  const model = references[reference]
  if (!model) throw new Error(`reference ${reference} was not built`)
  const differences = schemaDifferences(model, after.schema)
  return differences.length === 0 ? [] : [{ kind: 'schema-differs', reference, differences }]
}

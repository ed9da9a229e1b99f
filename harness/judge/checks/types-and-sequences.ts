import { qualify, sameList } from '../look-up.ts'
import type { Check } from './check.ts'

/** The enum has exactly these values in this order. */
export const checkEnum: Check<'enum'> = ({ name, values }, { after }) => {
  const found = after.schema.enums.find((entry) => `${entry.namespace}.${entry.name}` === qualify(name))
  if (found && sameList(found.values, values)) return []
  return [{ kind: 'wrong-enum', name, expected: values, found: found?.values ?? null }]
}

/** The sequence is there and its next value is one the owning column doesn't hold yet. */
export const checkSequence: Check<'sequence'> = ({ name }, { after }) => {
  const found = after.schema.sequences.find((entry) => `${entry.namespace}.${entry.name}` === qualify(name))
  if (!found) return [{ kind: 'missing-sequence', name }]
  const { nextValue, ownedBy } = found
  if (ownedBy === null || ownedBy.maxValue === null || BigInt(nextValue) > BigInt(ownedBy.maxValue)) return []
  const column = `${ownedBy.table}.${ownedBy.column}`
  return [{ kind: 'sequence-behind', name, column, nextValue, maxValue: ownedBy.maxValue }]
}

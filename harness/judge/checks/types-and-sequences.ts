import { qualify, sameList } from '../look-up.ts'
import type { Check } from './check.ts'

/** The enum has exactly these values in this order. */
export const checkEnum: Check<'enum'> = ({ name, values }, { after }) => {
  const found = after.schema.enums.find((entry) => `${entry.namespace}.${entry.name}` === qualify(name))
  if (found && sameList(found.values, values)) return []
  return [{ kind: 'wrong-enum', name, expected: values, found: found?.values ?? null }]
}

/** The sequence is there, not used up, and its next value is one the owning column doesn't hold yet. */
export const checkSequence: Check<'sequence'> = ({ name }, { after }) => {
  const found = after.schema.sequences.find((entry) => `${entry.namespace}.${entry.name}` === qualify(name))
  if (!found) return [{ kind: 'missing-sequence', name }]
  const { nextValue, ownedBy, limit, increment } = found
  const rising = !increment.startsWith('-')
  const isBeyond = (value: string, bound: string) =>
    rising ? BigInt(value) > BigInt(bound) : BigInt(value) < BigInt(bound)

  const column = ownedBy === null ? 'its limit' : `${ownedBy.table}.${ownedBy.column}`
  if (isBeyond(nextValue, limit))
    return [{ kind: 'sequence-behind', name, column, nextValue, maxValue: limit }]
  const outermost = ownedBy?.outermost ?? null
  if (outermost === null || isBeyond(nextValue, outermost)) return []
  return [{ kind: 'sequence-behind', name, column, nextValue, maxValue: outermost }]
}

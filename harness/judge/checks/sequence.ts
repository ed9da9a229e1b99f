import type { Check } from '../define-check.ts'
import { qualify } from '../look-up.ts'

/** The sequence is there, not used up, and its next value is one the owning column doesn't hold yet. */
export const sequence: Check<'sequence'> = {
  title: ({ name }) => `sequence ${name} is ahead of its column`,
  judge: ({ name }, { after }) => {
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
  },
}

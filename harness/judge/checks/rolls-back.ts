import type { Check } from '../define-check.ts'
import { rehearsed } from '../rehearsal/rehearsed.ts'

/** The rollback ran, led back to the state before the phase, and the phase could be applied again. */
export const rollsBack: Check<'rolls-back'> = {
  title: () => 'rolls back to the state before it, and can be applied again',
  rehearses: 'rollback',
  judge: ({ file, sha256, leaves }, evidence) => {
    if (sha256 === null) return [{ kind: 'rollback-missing', file }]
    const rollback = rehearsed(evidence, 'rollback')
    if (!rollback) return []
    const { stop, differences, idle, again } = rollback
    if (stop) return [{ kind: 'rollback-failed', file, ...stop }]
    const told = { kind: 'rollback-incomplete' as const, file, idle }
    const undeclared = [
      ...differences.filter((text) => !leaves.some((entry) => isNamed(text, entry))),
      ...leaves
        .filter((entry) => !differences.some((text) => isNamed(text, entry)))
        .map((entry) => `rollbackLeaves names ${entry}, which is as it was`),
    ]
    if (undeclared.length > 0)
      return [{ ...told, differences: undeclared, comparedWith: 'before', failure: null }]
    if (again === null || (again.failure === null && again.differences.length === 0)) return []
    return [{ ...told, ...again, comparedWith: 'after' }]
  },
}

/**
 * An entry excuses what it names, and neither all of a table nor a whole sort of parts: `orders: column note`, `orders: 3 rows`, not `orders`.
 * A name ends where the sentence goes on: `orders.note` does not name `orders.notes: 3 values`.
 */
function isNamed(text: string, entry: string): boolean {
  if (!text.startsWith(entry)) return false
  const rest = text.slice(entry.length)
  if (rest === '' || VALUES_OF_COLUMN.test(rest)) return true
  return rest.startsWith(' ') ? NAMES_ONE.test(entry) : rest.startsWith(':') && entry.includes(' ')
}

const VALUES_OF_COLUMN = /^: \d+ values are not what they were$/
/** `table orders`, `orders: column note`, `orders: 3`, `history: 20260101090000_orders`. */
const NAMES_ONE = /(^|: )([^\s:]+ \S.*|\d+)$|^history: \S+$/

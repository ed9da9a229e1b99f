import type { Check } from '../define-check.ts'
import { isNamed } from '../rehearsal/is-named.ts'
import { rehearsed } from '../rehearsal/rehearsed.ts'

/** The rollbacks of this phase and of all before it, run one after another, lead back to the state before the plan. */
export const rollsBackAll: Check<'rolls-back-all'> = {
  title: () => 'is rolled back together with all phases before it',
  rehearses: 'fullRollback',
  judge: ({ leaves }, evidence) => {
    const made = rehearsed(evidence, 'fullRollback')
    const own = evidence.rehearsal?.rollback
    const isDeclared = (text: string) => leaves.some((entry) => isNamed(text, entry))
    // A rollback that fails already by itself is told as that.
    if (own?.stop || own?.differences.some((text) => !isDeclared(text))) return []
    for (const { phase, file, stop, differences } of made?.steps ?? []) {
      const told = { kind: 'rollback-chain-broken' as const, from: evidence.phase, at: phase, file }
      if (stop) return [{ ...told, stop, differences: [] }]
      const undeclared = differences?.filter((text) => !isDeclared(text)) ?? []
      if (undeclared.length > 0) return [{ ...told, stop: null, differences: undeclared }]
    }
    return []
  },
}

import type { Check } from '../define-check.ts'
import { isRepeatable } from '../rehearsal/is-repeatable.ts'
import { rehearsed } from '../rehearsal/rehearsed.ts'
import { toCommands } from '../rehearsal/to-commands.ts'

/** A deploy of the phase was stopped in each migration, and from every stop something led on to the state after the phase. */
export const recovers: Check<'recovers'> = {
  title: () => 'can be recovered wherever a deploy of it stops',
  rehearses: 'halfWay',
  judge: ({ rollback }, evidence) => {
    const halfWay = rehearsed(evidence, 'halfWay')
    if (!halfWay || !isRepeatable(evidence.rehearsal ?? {})) return []
    return halfWay.stops.flatMap((stop) => {
      const { recovery, failed, migration, file, how, line, remains, to, of } = stop
      if (recovery !== null) return []
      const tried = failed.map((one) => ({
        commands: toCommands(one.recovery, stop, evidence.words, rollback),
        says: one.says,
      }))
      return [{ kind: 'recovery-fails', migration, file, how, line, remains, to, of, tried }]
    })
  },
}

import { changesOutside } from '../changes-outside.ts'
import type { Check } from '../define-check.ts'
import { EVERYTHING } from '../differences.ts'
import { renamesOf } from '../renames-of.ts'

/** Everything that the phase does not name in `changes` is unchanged, in the whole catalog. */
export const nothingElseChanged: Check<'nothing-else-changed'> = {
  title: () => 'changes nothing it does not name',
  judge: ({ changes, operations }, evidence) => {
    const effects = operations === 'counted' ? EVERYTHING : EVERYTHING.filter((one) => one !== 'operation')
    // A table that goes on under another name is told as renamed; it is not new.
    const renamed = renamesOf(evidence).flatMap(({ what, to }) => (what === 'table' ? [to] : []))
    return changesOutside([...changes, ...renamed], evidence, effects).map(({ name, differences }) => ({
      kind: 'changed-outside-phase' as const,
      table: name,
      differences,
    }))
  },
}

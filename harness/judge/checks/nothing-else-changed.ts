import { changesOutside } from '../changes-outside.ts'
import type { Check } from '../define-check.ts'
import { EVERYTHING } from '../differences.ts'

/** Everything that the phase does not name in `changes` is unchanged, in the whole catalog. */
export const nothingElseChanged: Check<'nothing-else-changed'> = {
  title: () => 'changes nothing it does not name',
  judge: ({ changes, operations }, evidence) => {
    const effects = operations === 'counted' ? EVERYTHING : EVERYTHING.filter((one) => one !== 'operation')
    return changesOutside(changes, evidence, effects).map(({ name, differences }) => ({
      kind: 'changed-outside-phase' as const,
      table: name,
      differences,
    }))
  },
}

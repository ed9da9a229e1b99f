import type { ClusterChange } from '../../model/cluster.ts'
import type { FindingEvidence } from '../../model/finding.ts'
import { changesOutside } from '../changes-outside.ts'
import type { Check } from '../define-check.ts'
import { EVERYTHING } from '../differences.ts'
import { toNames } from '../names-object.ts'
import { renamesOf } from '../renames-of.ts'

/** Everything that the phase does not name in `changes` is unchanged: in the whole catalog, and outside of the database. */
export const nothingElseChanged: Check<'nothing-else-changed'> = {
  title: () => 'changes nothing it does not name',
  judge: ({ changes, operations }, evidence) => {
    const effects = operations === 'counted' ? EVERYTHING : EVERYTHING.filter((one) => one !== 'operation')
    // A table that goes on under another name is told as renamed; it is not new.
    const renamed = renamesOf(evidence).flatMap(({ what, to }) => (what === 'table' ? [to] : []))
    const inside = changesOutside([...changes, ...renamed], evidence, effects).map(
      ({ name, differences }) => ({
        kind: 'changed-outside-phase' as const,
        table: name,
        differences,
      }),
    )
    return [...inside, ...judgeOutside(evidence.outside ?? [], toNames(changes))]
  },
}

function judgeOutside(
  outside: readonly ClusterChange[],
  isNamed: (name: string) => boolean,
): FindingEvidence[] {
  const counting = outside.filter(({ object, isHarmless }) => !isHarmless && !isNamed(object))
  return [...new Set(counting.map(({ object }) => object))].map((object) => ({
    kind: 'changed-outside-database',
    object,
    what: counting.filter((change) => change.object === object).map(({ what }) => what),
  }))
}

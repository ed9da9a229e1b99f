import { toShortName } from '../judge/look-up.ts'
import { judgePosition } from '../judge/sequence-position.ts'
import type { SequenceModel } from '../model/schema-model.ts'
import type { SnapshotManifest } from '../model/snapshot.ts'

/**
 * What the sequences of a snapshot say of production, in sentences: which are behind, and for which that is not known.
 * @param found as they stand after loading
 * @param set those that the snapshot's SQL sets itself, `namespace.name`
 */
export function describeSequences(
  { sequences }: Pick<SnapshotManifest, 'sequences'>,
  found: readonly SequenceModel[],
  set: ReadonlySet<string>,
): readonly string[] {
  const toName = ({ namespace, name }: { namespace: string; name: string }) => `${namespace}.${name}`
  const stated = new Map((sequences ?? []).map((position) => [toName(position), position]))
  const behind = found.flatMap((model) =>
    judgePosition(model).map(({ name, column, nextValue, maxValue }) => ({
      sequence: toName(model),
      text: `Production's sequence ${name} is behind ${column}: its next value is ${nextValue}, and max(${column}) is ${maxValue}. An insert that takes its number from it fails there with 23505, as here.`,
    })),
  )
  const shown = new Set(behind.map(({ sequence }) => sequence))
  const unseen = [...stated].filter(([name, position]) => position.behind && !shown.has(name))
  const unknown = found
    .filter(({ ownedBy, feeds }) => ownedBy !== null || feeds.length > 0)
    .map(toName)
    .filter((name) => !stated.has(name) && !set.has(name))
  return [
    ...behind.map(({ text }) => text),
    ...unseen.map(
      ([name]) =>
        `Production's sequence ${toShortName(name)} was behind its column when the snapshot was taken; the rows that its next values meet are not in the snapshot.`,
    ),
    ...(unknown.length === 0
      ? []
      : [
          `The snapshot does not say where ${unknown.length === 1 ? `production's sequence ${toShortName(unknown[0] ?? '')} stood, so it was` : `${unknown.length} of production's sequences stood, so each was`} moved past its rows: one that is behind in production is not seen here.`,
        ]),
  ]
}

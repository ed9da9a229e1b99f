import type { FindingEvidence } from '../model/finding.ts'
import type { MigrationFailure } from '../model/history.ts'
import type { SchemaModel, SequenceModel } from '../model/schema-model.ts'
import { toShortName } from './look-up.ts'

type SequenceBehind = Extract<FindingEvidence, { kind: 'sequence-behind' }>

/** Finds that a sequence is used up, or that its next value is not beyond what its columns hold. */
export function judgePosition(
  { namespace, nextValue, limit, increment, ...sequence }: SequenceModel,
  name: string = toShortName(`${namespace}.${sequence.name}`),
): readonly SequenceBehind[] {
  const rising = !increment.startsWith('-')
  const isBeyond = (value: string, bound: string) =>
    rising ? BigInt(value) > BigInt(bound) : BigInt(value) < BigInt(bound)
  const owned = sequence.ownedBy === null ? [] : [sequence.ownedBy]
  const named = [...owned, ...sequence.feeds]
  const toPath = ({ table, column }: { table: string; column: string }) => `${toShortName(table)}.${column}`
  if (isBeyond(nextValue, limit)) {
    const [first] = named
    const column = first ? toPath(first) : 'its limit'
    return [{ kind: 'sequence-behind', name, column, nextValue, maxValue: limit }]
  }
  const overtaken = named.find(({ outermost }) => outermost !== null && !isBeyond(nextValue, outermost))
  if (!overtaken) return []
  const maxValue = overtaken.outermost ?? ''
  return [{ kind: 'sequence-behind', name, column: toPath(overtaken), nextValue, maxValue }]
}

/** The sequence that was behind before a phase and handed out the number on which an insert of the phase collided; none for other failures. */
export function findCollision(
  { sqlstate, message }: MigrationFailure,
  { tables, sequences }: SchemaModel,
): SequenceBehind | undefined {
  const name = sqlstate === '23505' ? /unique constraint "(.+)"/.exec(message)?.[1] : undefined
  if (name === undefined) return undefined
  return sequences
    .filter(({ ownedBy, feeds }) =>
      [...(ownedBy === null ? [] : [ownedBy]), ...feeds].some(({ table, column }) => {
        const model = tables.find((entry) => `${entry.namespace}.${entry.name}` === table)
        return model?.indexes.some((index) => index.name === name && index.definition.includes(column))
      }),
    )
    .flatMap((sequence) => judgePosition(sequence))[0]
}

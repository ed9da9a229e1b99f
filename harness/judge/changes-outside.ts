import type { PhaseEvidence } from '../model/checkpoint.ts'
import type { TableName } from '../model/expectation.ts'
import type { CatalogEffect, SchemaModel, SequenceModel } from '../model/schema-model.ts'
import { objectDifferences, tableDifferences } from './differences.ts'
import { findTable, parentsOf, toShortName } from './look-up.ts'
import { toNames } from './names-object.ts'

/** A table or another object that a phase does not name, with what changed of it. */
interface ChangedObject {
  /** As a phase would list it under `changes`. */
  readonly name: string
  readonly differences: readonly string[]
}

type States = Pick<PhaseEvidence, 'before' | 'after'>

/**
 * What changed between the two states although `changes` does not name it. A named table stands for its partitions, and for the
 * sequences of its columns as long as these move forwards.
 */
export function changesOutside(
  changes: readonly TableName[],
  { before, after }: States,
  effects: readonly CatalogEffect[],
): ChangedObject[] {
  const [was, is] = [before.schema, after.schema]
  const isNamed = toNames(changes)
  const isCovered = (table: string): boolean =>
    isNamed(table) || parentsOf(findTable(is, table) ?? findTable(was, table)).some(isCovered)
  const sequences = new Set(
    [...was.sequences, ...is.sequences]
      // A sequence is its column's: it may go with a table, which `nothing-dropped` tells.
      .filter(
        ({ ownedBy }) => ownedBy !== null && (isCovered(ownedBy.table) || !findTable(is, ownedBy.table)),
      )
      .map(toSequenceName),
  )
  return groupByName([
    ...changedTables(was, is, effects).filter(({ name }) => !isCovered(name)),
    ...objectDifferences(was, is, effects).filter(
      ({ kind, name }) =>
        !isNamed(toCallable(name)) && !isNamed(name) && !(kind === 'sequence' && sequences.has(name)),
    ),
    ...(effects.includes('behaviour') ? movedSequences(was, is, isCovered) : []).filter(
      ({ name }) => !isNamed(name),
    ),
  ])
}

function groupByName(changed: readonly ChangedObject[]): ChangedObject[] {
  const groups = new Map<string, string[]>()
  for (const { name, differences } of changed) {
    groups.set(name, [...(groups.get(name) ?? []), ...differences])
  }
  return [...groups].map(([name, differences]) => ({ name, differences }))
}

function changedTables(
  was: SchemaModel,
  is: SchemaModel,
  effects: readonly CatalogEffect[],
): ChangedObject[] {
  const names = [...was.tables, ...is.tables].map(({ namespace, name }) => `${namespace}.${name}`)
  return [...new Set(names)].flatMap((table) => {
    const [before, after] = [findTable(was, table), findTable(is, table)]
    // A table that went is the business of `nothing-dropped`; saying it twice would hide what else is wrong.
    if (!after) return []
    const asNew = effects.includes('behaviour') ? ['the table is new'] : []
    const differences = before ? tableDifferences(before, after, effects) : asNew
    return differences.length === 0 ? [] : [{ name: toShortName(table), differences }]
  })
}

/** The name of a function without its arguments stands for all functions of that name. */
function toCallable(name: string): string {
  return name.replace(/\(.*\)$/, '')
}

/** Rows that a phase writes into its tables move their sequences forwards; nothing explains any other move. */
function movedSequences(
  was: SchemaModel,
  is: SchemaModel,
  isCovered: (table: string) => boolean,
): ChangedObject[] {
  const earlier = new Map(was.sequences.map((sequence) => [toSequenceName(sequence), sequence]))
  return is.sequences.flatMap((now) => {
    const name = toSequenceName(now)
    const then = earlier.get(name)
    if (then === undefined || (then.nextValue === now.nextValue && then.file === now.file)) return []
    const tables = [...(now.ownedBy ? [now.ownedBy] : []), ...now.feeds].map(({ table }) => table)
    const isExplained = tables.some(isCovered)
    if (then.nextValue !== now.nextValue)
      return isExplained && isForwards(then, now)
        ? []
        : [{ name, differences: [`next value of the sequence: was ${then.nextValue}, is ${now.nextValue}`] }]
    return isExplained || then.increment !== now.increment
      ? []
      : [{ name, differences: [`the sequence was set anew; its next value is ${now.nextValue}, as before`] }]
  })
}

function isForwards(then: SequenceModel, now: SequenceModel): boolean {
  const step = BigInt(now.nextValue) - BigInt(then.nextValue)
  return now.increment.startsWith('-') ? step < 0n : step > 0n
}

function toSequenceName({ namespace, name }: SequenceModel): string {
  return toShortName(`${namespace}.${name}`)
}

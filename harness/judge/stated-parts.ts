import type { StatedExpectation } from '../model/expectation.ts'
import type { ConstraintModel, IndexModel, TableModel } from '../model/schema-model.ts'
import { toWantedIndex } from './checks/index.ts'
import { toWantedUnique } from './checks/unique.ts'
import { isAlike, isWanted, type WantedIndex } from './find-index.ts'
import { qualify, sameList } from './look-up.ts'

/**
 * The parts of a table that expectations state, as differences name them. Each expectation states one part: of two alike it is the one
 * that was there before.
 */
export function listStated(
  stated: readonly StatedExpectation[],
  table: TableModel,
  before: TableModel | null,
): ReadonlySet<string> {
  const constraints = new Set<string>()
  const indexes = new Set<string>()
  const others: string[] = []
  for (const entry of stated) {
    if (!isAbout(entry, table)) continue
    if (entry.kind === 'column') others.push(`column ${entry.column}`)
    if (entry.kind === 'columns') others.push(...entry.columns.map((name) => `column ${name}`))
    if (entry.kind === 'table-part') others.push(entry.part)
    const constraint = choose(
      table.constraints.filter((one) => isStatedBy(entry, one)),
      before?.constraints ?? [],
    )
    if (constraint) constraints.add(constraint.name)
    const wanted = toWanted(entry)
    if (!wanted) continue
    // One that is nearly right is told by the expectation itself, and once is enough.
    const index =
      choose(
        table.indexes.filter((one) => isWanted(wanted, one)),
        before?.indexes ?? [],
      ) ?? table.indexes.find((one) => isAlike(wanted, one))
    if (index) indexes.add(index.name)
  }
  // The index behind a constraint is the constraint's: stated is the one with the other.
  for (const { name } of table.constraints) {
    if (indexes.has(name)) constraints.add(name)
    indexes.add(name)
  }
  return new Set([
    ...others,
    ...[...constraints].map((name) => `constraint ${name}`),
    ...[...indexes].map((name) => `index ${name}`),
  ])
}

function isAbout(entry: StatedExpectation, { namespace, name }: TableModel): boolean {
  return 'table' in entry && qualify(entry.table) === `${namespace}.${name}`
}

function isStatedBy(entry: StatedExpectation, { kind, columns, name, references }: ConstraintModel): boolean {
  if (entry.kind === 'check') return kind === 'check' && name === entry.name
  if (entry.kind === 'primary-key')
    return kind === 'primary-key' && sameList(columns.slice(0, entry.columns.length), entry.columns)
  if (entry.kind !== 'foreign-key' || references === null) return false
  return (
    sameList(columns, entry.columns) &&
    references.table === qualify(entry.references.table) &&
    sameList(references.columns, entry.references.columns)
  )
}

function toWanted(entry: StatedExpectation): WantedIndex | null {
  if (entry.kind === 'index') return toWantedIndex(entry)
  if (entry.kind === 'primary-key') return toWantedUnique({ ...entry, kind: 'unique' })
  return entry.kind === 'unique' ? toWantedUnique(entry) : null
}

function choose<T extends ConstraintModel | IndexModel>(
  alike: readonly T[],
  before: readonly T[],
): T | undefined {
  return alike.find(({ name }) => before.some((entry) => entry.name === name)) ?? alike[0]
}

import type { DatabaseState } from '../../model/database-state.ts'
import type { GateCheck, GateEvidence } from '../../model/gate.ts'
import type { HistoryRow } from '../../model/history.ts'
import type { Phase } from '../../model/scenario.ts'
import type { SchemaModel } from '../../model/schema-model.ts'
import type { TargetFacts } from '../../model/target.ts'
import {
  EVERYTHING,
  OVER_TIME,
  objectDifferences,
  schemaDifferences,
  tableDifferences,
} from '../differences.ts'
import { qualify, toShortName } from '../look-up.ts'
import { toGateCheck, toToldCheck } from './gate-check.ts'

type Row = Omit<HistoryRow, 'logs'>

/** Is it the turn of the phase, and is the target in the state in which the phase was proven to begin? */
export function judgeState(evidence: GateEvidence): GateCheck[] {
  const { before, target, phase, phases, rowsLeftOut } = evidence
  const order = judgeOrder(phase, phases, target.history)
  if (before === null) return [order, ...tellUnknown('before')]
  const differences = catalogDifferences(before.schema, target.schema)
  return [
    order,
    judgeEffects(phase, phases, differences),
    ...judgeSameState(before, target, rowsLeftOut, 'begin'),
  ]
}

/** Holds a target against a proven state: history, catalog, and what belongs to the place. */
export function judgeSameState(
  expected: DatabaseState,
  target: TargetFacts,
  rowsLeftOut: Readonly<Record<string, number>>,
  where: 'begin' | 'end',
): GateCheck[] {
  return [
    judgeHistory(expected.history, target.history, target.otherHistories),
    judgeFailedRows(expected.history, target.history),
    toGateCheck(
      'catalog',
      {
        held: 'tables, columns, constraints, indexes and all else that statements meet are as proven',
        refused: `the catalog is not that in which the phase was proven to ${where}`,
      },
      catalogDifferences(expected.schema, target.schema),
    ),
    judgeSurroundings(expected.schema, target.schema),
    judgeSizes(expected.rowCounts, rowsLeftOut, target.rows),
  ]
}

/** What is told where a proven state is not known. */
export function tellUnknown(when: 'before' | 'after'): GateCheck[] {
  return (['history', 'failed-rows', 'catalog', 'sizes'] as const).map((kind) =>
    toToldCheck(kind, 'not-asked', `the state ${when} the phase is not known`),
  )
}

/** Structural differences of a target from a proven state; extensions have a check of their own. */
function catalogDifferences(expected: SchemaModel, found: SchemaModel): string[] {
  return schemaDifferences(expected, found).filter((text) => !text.startsWith('extension '))
}

const isFinished = ({ finishedAt, rolledBackAt }: Row) => finishedAt !== null && rolledBackAt === null

/** Is it the turn of the phase? By the history alone, as the tool itself goes by it. */
function judgeOrder(phase: Phase, phases: readonly Phase[], history: readonly Row[]): GateCheck {
  const done = new Set(history.filter(isFinished).map(({ name }) => name))
  const isDone = ({ migrations }: Phase) =>
    migrations.length > 0 && migrations.every((name) => done.has(name))
  const begun = phase.migrations.filter((name) => done.has(name))
  const faults = [
    ...phases
      .filter(({ id, migrations }) => id < phase.id && migrations.some((name) => !done.has(name)))
      .map(
        ({ id, title, migrations }) =>
          `phase ${id} (${title}) is not applied: ${migrations.filter((name) => !done.has(name)).join(', ')}`,
      ),
    ...(isDone(phase)
      ? [`phase ${phase.id} is applied already`]
      : begun.map((name) => `${name} of phase ${phase.id} is applied already`)),
    ...phases
      .filter((other) => other.id > phase.id && isDone(other))
      .map(({ id, title }) => `phase ${id} (${title}) is applied already, before its turn`),
  ]
  return toGateCheck(
    'order',
    { held: `phase ${phase.id} is the next`, refused: `it is not the turn of phase ${phase.id}` },
    faults,
  )
}

function judgeHistory(expected: readonly Row[], found: readonly Row[], others: readonly string[]): GateCheck {
  const faults = [
    ...historyDifferences(expected, found),
    ...others.map((namespace) => `history: another one lies in the namespace ${namespace}`),
  ]
  const says = { held: `${found.length} rows as proven`, refused: 'the history is not the proven one' }
  return toGateCheck('history', says, faults)
}

/** Differences of two histories, row by row; a row that was rolled back is as none to the tool. */
function historyDifferences(expected: readonly Row[], found: readonly Row[]): string[] {
  const counted = (rows: readonly Row[]) => rows.filter(({ rolledBackAt }) => rolledBackAt === null)
  const [was, is] = [counted(expected), counted(found)]
  const missing = was.filter(({ name }) => !is.some((row) => row.name === name))
  return [
    ...(missing.length > 1 && missing.length === was.length
      ? ['history: nothing of the proven one is there: it is another database']
      : []),
    ...(missing.length > 0 && is.length < was.length
      ? [
          `history: it is shorter than the proven one by ${was.length - is.length} rows, as after the restore of an older backup`,
        ]
      : []),
    ...missing.map(({ name }) => `history: ${name} is missing`),
    ...is.flatMap((row) => {
      const proven = was.find(({ name }) => name === row.name)
      if (proven === undefined) return [`history: ${row.name} is extra`]
      if ((proven.finishedAt === null) !== (row.finishedAt === null))
        return [
          `history: ${row.name} is ${row.finishedAt === null ? 'unfinished' : 'finished'}, and was not when proven`,
        ]
      return proven.checksum === row.checksum
        ? []
        : [`history: ${row.name} was applied from another file than the proven one`]
    }),
  ]
}

/** A deploy stops at a migration that began and never ended, unless the phase was proven to deal with it. */
function judgeFailedRows(expected: readonly Row[], found: readonly Row[]): GateCheck {
  const isFailed = ({ finishedAt, rolledBackAt }: Row) => finishedAt === null && rolledBackAt === null
  const known = expected.filter(isFailed).map(({ name }) => name)
  const faults = found
    .filter((row) => isFailed(row) && !known.includes(row.name))
    .map(({ name }) => `${name} began and never ended: the next deploy stops at it`)
  return toGateCheck('failed-rows', { held: 'no migration failed', refused: 'a migration failed' }, faults)
}

/** What earlier phases did must be there, and not only their rows in the history. */
function judgeEffects(phase: Phase, phases: readonly Phase[], differences: readonly string[]): GateCheck {
  const earlier = phases.filter(({ id }) => id < phase.id)
  const faults = earlier.flatMap(({ id, changes }) => {
    const names = changes.filter((name) => name !== '*').map((name) => toShortName(qualify(name)))
    return differences
      .filter((text) => names.some((name) => new RegExp(`^(table )?${escapePattern(name)}(:| )`).test(text)))
      .map((text) => `phase ${id}: ${text}`)
  })
  const says = {
    held: earlier.length === 0 ? 'it is the first phase' : `what phases 1 to ${phase.id - 1} do is there`,
    refused: 'what earlier phases did is not there as proven',
  }
  return toGateCheck('effects', says, faults)
}

const escapePattern = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Owners, rights, settings, comments: each place has its own, so they are told, and the migrator's rights are asked for apart. */
function judgeSurroundings(expected: SchemaModel, found: SchemaModel): GateCheck {
  const beside = EVERYTHING.filter((effect) => effect !== 'behaviour')
  const faults = [
    ...expected.tables.flatMap((table) => {
      const is = found.tables.find(
        ({ namespace, name }) => namespace === table.namespace && name === table.name,
      )
      const name = toShortName(`${table.namespace}.${table.name}`)
      return is ? tableDifferences(table, is, beside).map((text) => `${name}: ${text}`) : []
    }),
    ...objectDifferences(expected, found, beside, OVER_TIME)
      .filter(({ kind }) => kind !== 'database' && kind !== 'not modelled')
      .flatMap(({ differences }) => differences),
  ]
  return toToldCheck(
    'surroundings',
    'told',
    faults.length === 0
      ? 'owners, rights and settings are as proven'
      : `${faults.length} owners, rights or settings differ from where it was proven`,
    faults,
  )
}

const FACTOR = 10
/** Below this many rows a factor says nothing. */
const FEW = 100

/** Durations and locks were measured on tables of some size; a factor of 10 either way is taken for the same. */
function judgeSizes(
  counts: Readonly<Record<string, number>>,
  leftOut: Readonly<Record<string, number>>,
  rows: GateEvidence['target']['rows'],
): GateCheck {
  const faults: string[] = []
  let estimated = 0
  let unknown = 0
  for (const [table, count] of Object.entries(counts)) {
    const is = rows[table]
    if (is === undefined) unknown += 1
    else {
      const was = count + (leftOut[table] ?? 0)
      if (!is.isExact) estimated += 1
      const [small, large] = [Math.min(was, is.rows), Math.max(was, is.rows)]
      if (large > FACTOR * Math.max(small, FEW))
        faults.push(
          `${toShortName(table)}: ${was} rows when proven, ${is.isExact ? '' : 'about '}${is.rows} are`,
        )
    }
  }
  const how = `${estimated} by statistics, ${unknown} unknown, the rest counted`
  const says = {
    held: `rows are within a factor of ${FACTOR} of the proof (${how})`,
    refused: `rows are beyond a factor of ${FACTOR} of the proof (${how})`,
  }
  return toGateCheck('sizes', says, faults)
}

/** Tables that a phase changes and that are there before it, as `namespace.table`. */
export function toTouchedTables(phase: Phase, before: SchemaModel, after: SchemaModel): string[] {
  const changed = phase.changes.map((name) => qualify(name))
  return before.tables.flatMap((table) => {
    const name = `${table.namespace}.${table.name}`
    const then = after.tables.find((other) => `${other.namespace}.${other.name}` === name)
    const isChanged = then === undefined || tableDifferences(table, then, EVERYTHING).length > 0
    return isChanged || changed.includes(name) ? [name] : []
  })
}

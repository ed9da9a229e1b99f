import { toSize, toTime } from '../ground/amounts.ts'
import { type LockMode, type StatementCost, waitsBehind } from '../model/cost.ts'
import type { DatabaseState, ProofStates } from '../model/database-state.ts'
import type { Proof } from '../model/proof.ts'
import type { Scenario } from '../model/scenario.ts'
import { type SchemaChanges, type TableDifference, toPlainName, toSchemaChanges } from './schema-changes.ts'

/** A table that others cannot use while a statement holds its lock. */
export interface Wait {
  readonly phase: number
  /** `namespace.table` */
  readonly table: string
  readonly mode: LockMode
  readonly heldMs: number
  readonly place: string
}

/** What one phase does to production, as it was observed. */
export interface PhaseChange {
  readonly phase: number
  readonly title: string
  /** Null where it was not replayed to its end. */
  readonly before: DatabaseState | null
  readonly after: DatabaseState | null
  readonly schema: SchemaChanges
  readonly statements: readonly StatementCost[]
  /** The longest for which reads or writes of a table with rows waited; null where none did or nothing was measured. */
  readonly longestWait: Wait | null
  /** Endpoints by `METHOD /path`. */
  readonly endpointsBegun: readonly string[]
  readonly endpointsStopped: readonly string[]
}

/** What each phase does to production, from the states and the measurements of a proof. Pure. */
export function toPhaseChanges(
  proof: Proof,
  states: ProofStates | null,
  { phases }: Pick<Scenario, 'phases'>,
): readonly PhaseChange[] {
  return proof.phases.map(({ phase, title }) => {
    const position = states?.phases.findIndex((entry) => entry.phase === phase) ?? -1
    const after = states?.phases[position]?.after ?? null
    const before = after === null ? null : (states?.phases[position - 1]?.after ?? states?.start ?? null)
    const renames = phases.find(({ id }) => id === phase)?.renames ?? []
    const schema =
      before && after ? toSchemaChanges(before.schema, after.schema, renames) : { tables: [], others: [] }
    const statements = (proof.rehearsals ?? []).flatMap((one) =>
      one.phase === phase ? (one.statements ?? []) : [],
    )
    const cellsOf = (id: number) =>
      (proof.endpoints ?? []).map(({ method, path, cells }) => ({
        endpoint: `${method.toUpperCase()} ${path}`,
        outcome: cells.find((cell) => cell.phase === id)?.outcome,
      }))
    const earlier = cellsOf(phase - 1)
    const moved = (from: boolean) =>
      cellsOf(phase).flatMap(({ endpoint, outcome }, row) => {
        const was = earlier[row]?.outcome
        if (was === undefined || outcome === undefined || outcome === 'not-called' || was === 'not-called')
          return []
        return (was === 'alive') === from && (outcome === 'alive') === !from ? [endpoint] : []
      })
    return {
      phase,
      title,
      before,
      after,
      schema,
      statements,
      longestWait: toLongestWait(phase, statements, before),
      endpointsBegun: moved(false),
      endpointsStopped: moved(true),
    }
  })
}

/** The longest wait of several phases; null where nobody waits. */
export function toLongest(changes: readonly PhaseChange[]): Wait | null {
  const waits = changes.flatMap(({ longestWait }) => longestWait ?? [])
  return waits.toSorted((one, other) => other.heldMs - one.heldMs)[0] ?? null
}

/** Rows that were there and went with their table or from it, by count, phase by phase; a renamed table keeps its rows. */
export function countRowsGone(changes: readonly PhaseChange[]): number {
  return changes.reduce((sum, { before, after, schema }) => {
    if (before === null || after === null) return sum
    const names = new Map(schema.tables.map(({ renamedFrom, table }) => [renamedFrom, table]))
    const gone = Object.entries(before.rowCounts).map(([table, rows]) =>
      Math.max(0, rows - (after.rowCounts[names.get(table) ?? table] ?? 0)),
    )
    return gone.reduce((total, rows) => total + rows, sum)
  }, 0)
}

/** `Reads and writes of trips wait for 12 ms`. */
export function tellWait({ table, mode, heldMs }: Wait): string {
  const who = waitsBehind(mode)
  return `${who.charAt(0).toUpperCase()}${who.slice(1)} of ${toPlainName(table)} wait for ${toTime(heldMs)}`
}

/** What a phase does, in sentences for people who were not there. Pure. */
export function tellChange(change: PhaseChange): readonly string[] {
  const { schema, statements, before, after, longestWait, endpointsBegun, endpointsStopped } = change
  if (before === null || after === null)
    return ['It was not replayed to its end, so what it leads to is not known.']
  const of = (fate: TableDifference['fate']) => schema.tables.filter((one) => one.fate === fate)
  const [made, changed, gone] = [of('new'), of('changed'), of('gone')]
  const rows = statements.reduce((sum, one) => sum + (one.rows ?? 0), 0)
  const rewrites = statements
    .flatMap((one) => one.rewrites)
    .filter(({ relation }) => (before.rowCounts[relation] ?? 0) > 0)
  const fewer = Object.entries(before.rowCounts).filter(
    ([table, number]) => after.rowCounts[table] !== undefined && after.rowCounts[table] < number,
  )
  const sentences = [
    made.length > 0 &&
      `Makes ${count(made.length, 'table')}: ${toList(made.map(({ table }) => toPlainName(table)))}.`,
    changed.length > 0 && `Changes ${count(changed.length, 'table')}: ${toList(changed.map(tellTable))}.`,
    gone.length > 0 &&
      `Drops ${count(gone.length, 'table')}: ${toList(gone.map(({ table }) => `${toPlainName(table)} with ${count(before.rowCounts[table] ?? 0, 'row')}`))}.`,
    schema.others.length > 0 &&
      `Beside tables: ${toList(schema.others.map(({ name, fate }) => `${name} is ${fate}`))}.`,
    fewer.length > 0 &&
      `Leaves fewer rows in ${toList(fewer.map(([table, number]) => `${toPlainName(table)} (${toNumber(number)} before, ${toNumber(after.rowCounts[table] ?? 0)} after)`))}.`,
    rows > 0 && `Inserts, updates or deletes ${count(rows, 'row')}.`,
    rewrites.length > 0 &&
      `Writes whole tables anew: ${toList(rewrites.map(({ relation, bytes }) => `${toPlainName(relation)} (${toSize(bytes)})`))}.`,
    longestWait !== null && `${tellWait(longestWait)}, the longest of this phase.`,
    endpointsBegun.length > 0 &&
      `${count(endpointsBegun.length, 'endpoint')} ${endpointsBegun.length === 1 ? 'begins' : 'begin'} to work: ${toList(endpointsBegun)}.`,
    endpointsStopped.length > 0 &&
      `${count(endpointsStopped.length, 'endpoint')} ${endpointsStopped.length === 1 ? 'stops' : 'stop'} working: ${toList(endpointsStopped)}.`,
  ].filter((sentence) => sentence !== false)
  return sentences.length === 0 ? ['Changes no table and no row.'] : sentences
}

/** `1 row`, `2,400 rows`. */
export function count(number: number, noun: string): string {
  return `${toNumber(number)} ${noun}${number === 1 ? '' : 's'}`
}

/** `2,400` */
export function toNumber(number: number): string {
  return number.toLocaleString('en-US')
}

/** More names than these are counted. */
const NAMES_IN_SENTENCE = 8

function toList(names: readonly string[]): string {
  const more = names.length - NAMES_IN_SENTENCE
  return names.slice(0, NAMES_IN_SENTENCE).join(', ') + (more > 0 ? ` and ${more} more` : '')
}

const PLURALS = {
  column: 'columns',
  constraint: 'constraints',
  index: 'indexes',
  trigger: 'triggers',
  policy: 'policies',
}

/** `trips (adds 5 columns, removes 1 index)` */
function tellTable({ table, renamedFrom, parts }: TableDifference): string {
  const words = [
    ...(renamedFrom === null ? [] : [`renamed from ${toPlainName(renamedFrom)}`]),
    ...(
      [
        ['new', 'adds'],
        ['changed', 'changes'],
        ['gone', 'removes'],
      ] as const
    ).flatMap(([fate, verb]) => {
      const own = parts.filter((part) => part.fate === fate)
      const counts = (['column', 'constraint', 'index', 'trigger', 'policy'] as const).flatMap((what) => {
        const number = own.filter((part) => part.what === what).length
        return number === 0 ? [] : [`${toNumber(number)} ${number === 1 ? what : PLURALS[what]}`]
      })
      return counts.length === 0 ? [] : [`${verb} ${counts.join(', ')}`]
    }),
  ]
  return `${toPlainName(table)}${words.length === 0 ? '' : ` (${words.join(', ')})`}`
}

function toLongestWait(
  phase: number,
  statements: readonly StatementCost[],
  before: DatabaseState | null,
): Wait | null {
  const waits = statements.flatMap(({ locks, file, line }) =>
    locks.flatMap(({ relation, mode, heldMs }) =>
      waitsBehind(mode) === 'nothing' || (before && before.rowCounts[relation] === undefined)
        ? []
        : [{ phase, table: relation, mode, heldMs, place: `${file}:${line}` }],
    ),
  )
  return waits.toSorted((one, other) => other.heldMs - one.heldMs)[0] ?? null
}

import type { Checkpoint } from '../../model/checkpoint.ts'
import type { TableChange } from '../../model/content.ts'
import type { HistoryRow } from '../../model/history.ts'
import type { SequenceModel } from '../../model/schema-model.ts'
import { schemaDifferences } from '../differences.ts'
import { toShortName } from '../look-up.ts'

/** A state as far as it is compared. */
type State = Pick<Checkpoint, 'schema' | 'history' | 'rowCounts'>

const WORDS = { gone: 'is missing', added: 'is left over', before: 'was', after: 'is' }

/**
 * Where a database is not what it should be, in sentences: catalogs, history, sequences, and its rows.
 * @param changes what its rows are against the rows that should be there; null: only their number counts, as values made anew may differ
 */
export function stateDifferences(
  expected: State,
  found: State,
  changes: readonly TableChange[] | null,
): string[] {
  return [
    ...schemaDifferences(expected.schema, found.schema, WORDS),
    ...historyDifferences(expected.history, found.history),
    ...sequenceDifferences(expected.schema.sequences, found.schema.sequences),
    ...(changes === null
      ? countDifferences(expected.rowCounts, found.rowCounts)
      : changes.flatMap(toSentences)),
  ]
}

/** Where a database that was restored is not what its backup was taken of, in sentences; every row of the history counts. */
export function restoredDifferences(
  expected: State,
  found: State,
  changes: readonly TableChange[],
): string[] {
  const undone = ({ history }: State) =>
    history.flatMap(({ name, rolledBackAt }) => (rolledBackAt === null ? [] : [`${name} (rolled back)`]))
  const is = undone(found)
  return [
    ...stateDifferences(expected, found, changes),
    ...undone(expected)
      .filter((entry) => !is.includes(entry))
      .map((entry) => `history: ${entry} is missing`),
  ]
}

/** To the next deploy a row that was rolled back is as none: it applies the migration. */
function historyDifferences(expected: readonly HistoryRow[], found: readonly HistoryRow[]): string[] {
  const counted = (rows: readonly HistoryRow[]) =>
    rows.filter(({ rolledBackAt }) => rolledBackAt === null).map(toEntry)
  const [was, is] = [counted(expected), counted(found)]
  return [
    ...was.filter((entry) => !is.includes(entry)).map((entry) => `history: ${entry} is missing`),
    ...is.filter((entry) => !was.includes(entry)).map((entry) => `history: ${entry} is left over`),
  ]
}

function toEntry({ name, finishedAt }: HistoryRow): string {
  return `${name} (${finishedAt === null ? 'unfinished' : 'finished'})`
}

/** A number that was handed out and not used does no harm; one that is handed out twice does. */
function sequenceDifferences(expected: readonly SequenceModel[], found: readonly SequenceModel[]): string[] {
  return expected.flatMap(({ namespace, name, increment, nextValue }) => {
    const is = found.find((entry) => entry.namespace === namespace && entry.name === name)
    if (!is) return []
    const step = BigInt(is.nextValue) - BigInt(nextValue)
    const isBehind = BigInt(increment) > 0n ? step < 0n : step > 0n
    return isBehind ? [`sequence ${name}: its next value was ${nextValue}, is ${is.nextValue}`] : []
  })
}

function countDifferences(
  expected: Readonly<Record<string, number>>,
  found: Readonly<Record<string, number>>,
): string[] {
  return Object.entries(expected).flatMap(([table, rows]) => {
    const is = found[table]
    return is === undefined || is === rows
      ? []
      : [`${toShortName(table)}: ${rows} rows were there, ${is} are`]
  })
}

function toSentences({ table, rows, lost, added, columns, isDropped }: TableChange): string[] {
  const name = toShortName(table)
  if (isDropped) return [`${name}: all ${rows} rows are lost`]
  return [
    ...(lost.rows > 0 ? [`${name}: ${lost.rows} of ${rows} rows are lost`] : []),
    ...(added.rows > 0 ? [`${name}: ${added.rows} rows are left over`] : []),
    ...columns
      .filter((column) => column.rows > 0)
      .map((column) => `${name}.${column.column}: ${column.rows} values are not what they were`),
  ]
}

import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import type { Rule } from '../../model/policy.ts'
import { type Source, toTableKey } from '../../model/source.ts'
import { Unmaskable } from '../mask/mask.ts'
import { maskRows } from '../mask-rows.ts'
import { type ColumnPlan, type MaskShared, type TablePlan, toRules, toTablePlan } from '../table-plan.ts'
import { toWholeRows } from '../whole-rows.ts'
import { renderTableQuery } from './table-query.ts'

/** Most distinct problems that are remembered; a document whose keys are data would have one for each row. */
const MOST = 200

/**
 * Reads the columns whose values a rule may be unable to mask, and lists what the policy does not cover: JSON paths,
 * values of no list, texts of no date. The texts hold paths and counts, no value. It writes nothing.
 */
export async function scanSource(
  client: pg.Client,
  source: Source,
  shared: MaskShared,
  signal: AbortSignal | undefined,
): Promise<readonly string[]> {
  const faults: string[] = []
  for (const table of source.tables) {
    signal?.throwIfAborted()
    const problems = new Map<string, number>()
    const note = (column: string, problem: string) => {
      const text = `${toTableKey(table)}.${column}${problem}`
      if (problems.size < MOST || problems.has(text)) problems.set(text, (problems.get(text) ?? 0) + 1)
    }
    const plan = toTablePlan(
      table,
      shared,
      (column) => (path, problem) => note(column, ` ${path}: ${problem}`),
    )
    const doubtful = plan?.columns.filter(isDoubtful) ?? []
    if (!plan || doubtful.length === 0) continue
    const columns = doubtful.map((one): ColumnPlan => ({ ...one, mask: toNoting(one, note) }))
    await readRows(client, source, { ...plan, columns }, signal)
    for (const [text, rows] of problems) faults.push(`${text} (${rows === 1 ? 'once' : `${rows} times`})`)
    if (problems.size >= MOST)
      faults.push(`${toTableKey(table)}: more than ${MOST} such things; the rest is not listed`)
  }
  return faults
}

function toNoting(
  { column, mask }: ColumnPlan,
  note: (column: string, problem: string) => void,
): ColumnPlan['mask'] {
  return (value, subject) => {
    try {
      return mask ? mask(value, subject) : value
    } catch (error) {
      if (!(error instanceof Unmaskable)) throw error
      note(column.name, `: ${error.message}`)
      return null
    }
  }
}

/** Tells whether a value can make the rule fail. */
function isDoubtful({ column, rule }: ColumnPlan): boolean {
  const inText = column.form === 'text'
  const fails: Partial<Record<Rule['kind'], boolean>> = {
    json: true,
    number: true,
    enum: rule.kind === 'enum' && rule.otherwise === undefined,
    'date-shift': inText,
    year: inText,
    age: inText,
    coordinate: inText,
  }
  return toRules(rule).some(({ kind }) => fails[kind] === true)
}

async function readRows(
  client: pg.Client,
  source: Source,
  plan: TablePlan,
  signal: AbortSignal | undefined,
): Promise<void> {
  const columns = plan.columns.map(({ column }) => column.name)
  const query = renderTableQuery(
    { table: plan.table, columns, ...(plan.subject && { subject: plan.subject }) },
    source,
  )
  const copy = client.query(copyTo(`COPY (${query}) TO STDOUT`, { highWaterMark: 1 << 18 }))
  for await (const rows of toWholeRows(copy)) {
    signal?.throwIfAborted()
    maskRows(plan, rows)
  }
}

import type pg from 'pg'
import { quoteName, quoteTable } from '../../ground/quote.ts'
import { type Source, toTableKey } from '../../model/source.ts'
import { toPaths } from '../policy/column-sample.ts'
import type { Samples } from '../policy/draft-policy.ts'

const ROWS = 500

/** Values of the first rows of each table, to guess what columns hold. It reads little and sorts nothing. */
export async function fetchSamples(client: pg.ClientBase, source: Source): Promise<Samples> {
  const samples = new Map<
    string,
    ReadonlyMap<string, { values: string[]; paths: ReturnType<typeof toPaths> }>
  >()
  for (const table of source.tables) {
    const columns = table.columns.filter(
      ({ form, isArray }) => (form === 'text' && !isArray) || form === 'json',
    )
    const selected = columns.map(({ name }) => `t.${quoteName(name)}::text`)
    if (columns.length === 0) continue
    const { rows } = await client.query<(string | null)[]>({
      text: `SELECT ${selected.join(', ')} FROM ${table.partitioned ? '' : 'ONLY '}${quoteTable(table)} t LIMIT ${ROWS}`,
      rowMode: 'array',
    })
    const sampled = columns.map(({ name, form, isArray }, at) => {
      const values = rows.map((row) => row[at] ?? null).filter((value) => value !== null)
      return [name, { values, paths: form === 'json' && !isArray ? toPaths(values) : new Map() }] as const
    })
    samples.set(toTableKey(table), new Map(sampled))
  }
  return samples
}

import type { ClientBase } from 'pg'
import { DatabaseError } from 'pg'
import type { RowAnswer } from '../model/precondition.ts'

/** SQLSTATE classes by which a condition itself fails on a row: data, and integrity. */
const OF_ROWS = /^(22|23)/

/**
 * Answers conditions in the transaction that is open on the connection, which may be one that cannot write. One round trip, unless
 * a condition is refused.
 * @param conditions each a SELECT that returns one number
 * @param timeoutMs of one condition
 */
export async function countRows(
  client: ClientBase,
  conditions: readonly string[],
  timeoutMs: number,
): Promise<readonly RowAnswer[]> {
  if (conditions.length === 0) return []
  const begin = `SAVEPOINT asking; SET LOCAL search_path = public; SET LOCAL statement_timeout = ${timeoutMs}`
  const end = 'ROLLBACK TO SAVEPOINT asking; RELEASE SAVEPOINT asking'
  try {
    const results = await client.query<unknown[]>({
      text: [begin, ...conditions, end].join(';\n'),
      rowMode: 'array',
    })
    const list = results as unknown as { rows: unknown[][] }[]
    return conditions.map((_, position) => ({ rows: Number(list[position + 3]?.rows[0]?.[0]) }))
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error
    await client.query(end)
  }
  const answers: RowAnswer[] = []
  for (const condition of conditions) answers.push(await countOne(client, begin, condition, end))
  return answers
}

async function countOne(
  client: ClientBase,
  begin: string,
  condition: string,
  end: string,
): Promise<RowAnswer> {
  await client.query(begin)
  try {
    const { rows } = await client.query<unknown[]>({ text: condition, rowMode: 'array' })
    return { rows: Number(rows[0]?.[0]) }
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.code === undefined) throw error
    if (OF_ROWS.test(error.code)) return { refused: error.code }
    return { unasked: `Postgres refused the condition with ${error.code}` }
  } finally {
    await client.query(end)
  }
}

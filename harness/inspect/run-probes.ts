import { type ClientBase, DatabaseError } from 'pg'
import type { ProbeResult } from '../model/checkpoint.ts'
import type { ProbeExpectation } from '../model/expectation.ts'

/**
 * Runs each probe on a clone in its own transaction and rolls it back. A refusal before the last statement shows as
 * `brokenAt` (0-based) and never counts as the expected one.
 * @param statements splits SQL into statements; the parser lives in another room
 */
export async function runProbes(
  client: ClientBase,
  probes: readonly ProbeExpectation[],
  statements: (sql: string) => Promise<readonly string[]>,
): Promise<ProbeResult[]> {
  const results: ProbeResult[] = []
  for (const probe of probes) results.push(await runProbe(client, probe.title, await statements(probe.sql)))
  return results
}

async function runProbe(
  client: ClientBase,
  title: string,
  statements: readonly string[],
): Promise<ProbeResult> {
  await client.query('BEGIN')
  try {
    for (const [position, statement] of statements.entries()) {
      const refusal = await refusalOf(client, statement)
      if (refusal) return { title, refusal, brokenAt: position === statements.length - 1 ? null : position }
    }
    // Deferred constraints speak at commit only; asking them now keeps the transaction ours to roll back.
    const refusal = await refusalOf(client, 'SET CONSTRAINTS ALL IMMEDIATE')
    return { title, refusal, brokenAt: null }
  } finally {
    await client.query('ROLLBACK')
  }
}

async function refusalOf(client: ClientBase, sql: string): Promise<ProbeResult['refusal']> {
  try {
    await client.query(sql)
    return null
  } catch (error) {
    if (error instanceof DatabaseError && error.code !== undefined) {
      return { sqlstate: error.code, message: error.message }
    }
    throw error
  }
}

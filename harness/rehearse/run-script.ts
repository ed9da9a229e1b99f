import pg from 'pg'
import { listStatements } from '../ground/sql/list-statements.ts'
import { maskValues } from '../ground/sql/mask-values.ts'
import { withClient } from '../ground/with-client.ts'
import type { ScriptOutcome, ScriptStop } from '../model/rehearsal.ts'
import { shortenStatement } from './shorten-statement.ts'

/**
 * Runs an SQL script on a session of its own as `psql -v ON_ERROR_STOP=1 -f` does: each statement by itself, up to the first error.
 * @throws what the driver throws when connection or server fail
 */
export async function runScript(connectionString: string, sql: string): Promise<ScriptOutcome> {
  const statements = await listStatements(sql)
  return withClient(connectionString, async (client) => {
    if (statements === null) return { stop: await refuse(client, sql), idle: [] }
    const idle: string[] = []
    let hasSkipped = false
    client.on('notice', ({ message = '' }) => {
      hasSkipped ||= message.endsWith(', skipping')
    })
    for (const { text, line, tag } of statements) {
      hasSkipped = false
      try {
        const { command, rowCount } = await client.query(text)
        const hasChanged = !/^(UPDATE|DELETE|MERGE|INSERT)$/.test(command) || rowCount !== 0
        // One statement may name several objects, of which some are there; whoever reads it sees which.
        if (hasSkipped || !hasChanged) idle.push(`line ${line}: ${shortenStatement(text)}`)
      } catch (error) {
        if (!(error instanceof pg.DatabaseError)) throw error
        // A block says what is wrong by itself; its text would not.
        return {
          stop: { ...toStop(error), line, statement: tag === 'DoStmt' ? null : shortenStatement(text) },
          idle,
        }
      }
    }
    return { stop: null, idle }
  })
}

/** Has Postgres say what is wrong with a text that does not parse: it refuses it as a whole, so nothing of it runs. */
async function refuse(client: pg.Client, sql: string): Promise<ScriptStop> {
  try {
    await client.query(sql)
  } catch (error) {
    if (error instanceof pg.DatabaseError) return toStop(error)
    throw error
  }
  throw new Error('Postgres accepted a script that its parser refused')
}

function toStop(error: pg.DatabaseError): ScriptStop {
  const { code: sqlstate = '', message, hint = null } = error
  const said = maskValues(sqlstate, { message, detail: null, hint })
  return { line: null, statement: null, sqlstate, message: said.message, hint: said.hint }
}

import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { quoteName } from '../ground/quote.ts'
import { withClient } from '../ground/with-client.ts'

/** Runs `body` with an empty database of the test server and drops it afterwards, whoever is still connected. */
export async function withTestDatabase<T>(
  postgresUrl: string,
  body: (connectionString: string) => Promise<T>,
): Promise<T> {
  const name = `phaseproof_test_${randomBytes(6).toString('hex')}`
  await query(postgresUrl, `CREATE DATABASE ${quoteName(name)}`)
  const url = new URL(postgresUrl)
  url.pathname = `/${name}`
  try {
    return await body(url.href)
  } finally {
    await query(postgresUrl, `DROP DATABASE ${quoteName(name)} WITH (FORCE)`)
  }
}

/** Runs one statement on a connection of its own and gives its rows. */
export async function query<R extends pg.QueryResultRow>(
  connectionString: string,
  sql: string,
  values: readonly unknown[] = [],
): Promise<readonly R[]> {
  const run = (client: pg.Client) => client.query<R>(sql, [...values])
  return (await withClient(connectionString, run)).rows
}

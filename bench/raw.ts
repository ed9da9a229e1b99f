import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { quoteName, quoteTable } from '../harness/ground/quote.ts'
import type { Migration } from '../harness/model/history.ts'
import type { Scenario } from '../harness/model/scenario.ts'
import type { Snapshot } from '../harness/model/snapshot.ts'

/** Loads a snapshot in the plainest way: one connection, one COPY after the other. */
export async function loadRaw({ folder, manifest }: Snapshot, client: pg.Client): Promise<void> {
  await client.query(await readFile(join(folder, 'schema/pre-data.sql'), 'utf8'))
  for (const { namespace, name, columns, file } of manifest.tables) {
    const list = columns.map((column) => quoteName(column)).join(', ')
    const table = quoteTable({ namespace, name })
    const sink = client.query(copyFrom(`COPY ${table} (${list}) FROM STDIN`))
    await pipeline(createReadStream(join(folder, file)), sink)
  }
  await client.query(await readFile(join(folder, 'schema/post-data.sql'), 'utf8'))
}

/** Sends the phases' files in their order, each as one query. */
export async function replayRaw(
  scenario: Scenario,
  migrations: readonly Migration[],
  client: pg.Client,
): Promise<void> {
  for (const name of scenario.phases.flatMap((phase) => phase.migrations)) {
    const migration = migrations.find((entry) => entry.name === name)
    if (migration) await client.query(migration.sql)
  }
}

/** Runs `use` with a connected client. */
export async function withClient<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await use(client)
  } finally {
    await client.end()
  }
}

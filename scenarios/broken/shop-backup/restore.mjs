// Puts the rows of FILE in place of those that the shop's tables hold; whatever else is in the database stays.
import { readFileSync } from 'node:fs'
import pg from 'pg'

const client = new pg.Client(process.env.DATABASE_URL)
await client.connect()
try {
  await client.query('BEGIN; TRUNCATE orders, customers, _prisma_migrations')
  for (const [table, rows] of Object.entries(JSON.parse(readFileSync(process.env.FILE, 'utf8')))) {
    const columns = Object.keys(rows[0]).map((name) => `"${name}"`)
    await client.query(
      `INSERT INTO "${table}" (${columns}) SELECT ${columns} FROM json_populate_recordset(NULL::"${table}", $1)`,
      [JSON.stringify(rows)],
    )
  }
  await client.query('COMMIT')
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
} finally {
  await client.end()
}

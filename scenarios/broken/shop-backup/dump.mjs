// Writes the rows of the shop's tables to FILE, as a team's own backup might: rows only.
import { writeFileSync } from 'node:fs'
import pg from 'pg'

const client = new pg.Client(process.env.DATABASE_URL)
await client.connect()
const backup = {}
for (const table of ['customers', 'orders', '_prisma_migrations']) {
  const { rows } = await client.query(`SELECT json_agg(t) AS rows FROM "${table}" t`)
  backup[table] = rows[0].rows
}
await client.end()
writeFileSync(process.env.FILE, JSON.stringify(backup))

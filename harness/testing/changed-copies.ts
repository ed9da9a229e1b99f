import { randomBytes } from 'node:crypto'
import { inject } from 'vitest'
import { withDatabase } from '../inspect/with-database.ts'
import { openDatabases } from '../postgres/databases.ts'
import { EVERY_KIND } from './catalog-cases.ts'
import '../vitest/provided.ts'

/** A sealed database with something of every kind, of which tests change copies. */
export interface ChangedCopies {
  /** Our own role, and one that exists to be named. */
  readonly admin: string
  readonly role: string
  /** Runs SQL of a case in a copy, reads the copy, and drops it. */
  after<T>(sql: string, read: (connectionString: string) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** Makes the database and the role on the test server. */
export async function openChangedCopies(): Promise<ChangedCopies> {
  const id = randomBytes(4).toString('hex')
  const [template, role] = [`phaseproof_test_${id}_template`, `phaseproof_test_role_${id}`]
  const server = await openDatabases(inject('postgresAddress'))
  await server.createDatabase(template, { mark: 'test' })
  const admin = await withDatabase(server.connectionString(template), async (client) => {
    await client.query(`CREATE ROLE ${role}`)
    await client.query(EVERY_KIND)
    const { rows } = await client.query<{ user: string }>('SELECT current_user AS "user"')
    return rows[0]?.user ?? ''
  })
  await server.sealDatabase(template, 'test')
  return {
    admin,
    role,
    async after(sql, read) {
      const copy = `phaseproof_test_${randomBytes(6).toString('hex')}`
      await server.createDatabase(copy, { mark: 'test', template })
      const url = server.connectionString(copy)
      try {
        const own = sql.replaceAll('ROLE_A', role).replaceAll('THIS', copy)
        await withDatabase(url, (client) => client.query(own))
        return await read(url)
      } finally {
        // A database cannot be dropped while it holds a subscription.
        await withDatabase(url, (client) => client.query('DROP SUBSCRIPTION IF EXISTS sub'))
        await server.dropDatabase(copy)
      }
    },
    async close() {
      await server.dropDatabase(template)
      await withDatabase(inject('postgresUrl'), (client) => client.query(`DROP ROLE ${role}`))
      await server.close()
    },
  }
}

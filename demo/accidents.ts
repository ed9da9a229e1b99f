import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'

/** Where an accident happens: production itself, by a role that may write, and the project whose proof is relied on. */
export interface AccidentPlace {
  readonly productionUrl: string
  readonly project: string
  /** Folder of migrations, relative to the project. */
  readonly migrations: string
  /** The last migration of the phase. */
  readonly migration: string
}

/** Something that goes wrong before a phase, and that a gate has to stop. */
export interface Accident {
  readonly what: string
  /** The check of the gate that refuses. */
  readonly check: string
  /** Makes it happen; what it returns mends it. */
  happen(place: AccidentPlace): Promise<() => Promise<void>>
}

/** What goes wrong before which phase. */
export const accidents: Readonly<Record<number, Accident>> = {
  2: {
    what: 'somebody adds a column to production by hand',
    check: 'catalog',
    happen: onProduction(
      'ALTER TABLE "trips" ADD COLUMN "hotfix" text',
      'ALTER TABLE "trips" DROP COLUMN "hotfix"',
    ),
  },
  3: {
    what: 'a migration began in production and never ended',
    check: 'failed-rows',
    happen: onProduction(
      `INSERT INTO "_prisma_migrations" ("id", "checksum", "migration_name", "started_at", "applied_steps_count")
       VALUES ('demo', 'none', '20260105000000_by_night', now(), 0)`,
      `DELETE FROM "_prisma_migrations" WHERE "id" = 'demo'`,
    ),
  },
  5: {
    what: 'a migration is edited after it was proven',
    check: 'files',
    async happen({ project, migrations, migration }) {
      const file = join(project, migrations, migration, 'migration.sql')
      const before = readFileSync(file)
      appendFileSync(file, '\n')
      return async () => writeFileSync(file, before)
    },
  },
  6: {
    what: 'a colleague left a transaction open that holds a lock on units',
    check: 'sessions',
    async happen({ productionUrl }) {
      const client = new pg.Client({ connectionString: productionUrl })
      await client.connect()
      await client.query('BEGIN')
      await client.query('LOCK TABLE "units" IN SHARE ROW EXCLUSIVE MODE')
      return () => client.end()
    },
  },
}

function onProduction(sql: string, mend: string): Accident['happen'] {
  return async ({ productionUrl }) => {
    await run(productionUrl, sql)
    return () => run(productionUrl, mend)
  }
}

async function run(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

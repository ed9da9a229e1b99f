import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { GateDecision, GateOptions } from '../model/gate.ts'
import { type ServerAddress, silentProgress } from '../model/ports.ts'
import { definePhase, type Phase, type Scenario } from '../model/scenario.ts'
import { index, required, table } from '../model/vocabulary.ts'
import { openDatabases } from '../postgres/databases.ts'
import { openCheckpoints } from '../stories/checkpoints.ts'
import { gate } from '../stories/gate/gate.ts'
import { judgeUnsigned } from '../stories/gate/judge-signature.ts'
import { proveInProcess } from '../stories/prove-in-process.ts'
import { openTool } from '../tool/tools.ts'
import { query, withTestDatabase } from './with-test-database.ts'

const SQL: Readonly<Record<string, string>> = {
  '20260101000000_orders': 'CREATE TABLE orders (id integer PRIMARY KEY, code text, note text);',
  '20260102000000_codes': 'CREATE UNIQUE INDEX orders_code ON orders (code);',
  '20260103000000_lines': 'CREATE TABLE lines (id integer PRIMARY KEY);',
}

const toPhase = (
  id: number,
  name: string,
  rest: Pick<Phase, 'migrations' | 'changes'> & Partial<Phase>,
): Phase =>
  definePhase({
    id,
    name,
    title: name,
    goal: name,
    risk: 'low',
    estimateMinutes: 1,
    dependsOn: [],
    expect: [],
    ...rest,
  })

/** A small project of three phases that is proven, and databases that play its production. */
export interface GateExample {
  readonly root: string
  readonly scenario: Scenario
  /** A role that can only read, in a connection string of the database. */
  toReader(url: string): string
  /** Makes a database with the phases so far applied, and drops it afterwards. */
  withProduction<T>(applied: number, use: (url: string) => Promise<T>): Promise<T>
  /** Asks the gate of a phase, by the role that can only read unless another URL is named. */
  ask(url: string, options?: Partial<GateOptions> & Asked): Promise<GateDecision>
  close(): Promise<void>
}

interface Asked {
  readonly phase?: number
  readonly scenario?: Scenario
  readonly migrator?: string
  readonly backup?: string
  readonly isSigned?: boolean
}

/** Writes the project, proves it and makes the role. */
export async function openGateExample(postgresUrl: string, address: ServerAddress): Promise<GateExample> {
  const root = await mkdtemp(join(tmpdir(), 'phaseproof gate '))
  const name = `gate-${process.pid}`
  for (const [migration, sql] of Object.entries(SQL)) {
    await mkdir(join(root, 'migrations', migration), { recursive: true })
    await writeFile(join(root, 'migrations', migration, 'migration.sql'), sql)
  }
  await mkdir(join(root, 'scenarios', name), { recursive: true })
  const scenario: Scenario = {
    name,
    title: 'Orders',
    snapshot: null,
    migrations: 'migrations',
    tool: { name: 'prisma', version: '7.3.0' },
    phases: [
      toPhase(1, '01-orders', {
        migrations: ['20260101000000_orders'],
        changes: ['orders'],
        expect: [...table('orders', { columns: { id: required('integer') } })],
      }),
      toPhase(2, '02-codes', {
        migrations: ['20260102000000_codes'],
        changes: ['orders'],
        dependsOn: [1],
        expect: [index('orders', { name: 'orders_code', keys: ['code'], unique: true })],
      }),
      toPhase(3, '03-lines', {
        migrations: ['20260103000000_lines'],
        changes: ['lines'],
        expect: [...table('lines')],
      }),
    ],
  }
  const server = await openDatabases(address)
  const cacheFolder = join(root, 'cache')
  const place = {
    server,
    projectRoot: root,
    cacheFolder,
    reportsFolder: join(root, 'reports'),
    progress: silentProgress,
  }
  const proof = await proveInProcess(
    { scenario, upTo: 'all', fresh: true, strict: false, keep: 'nothing', experiments: [] },
    place,
  )
  await openCheckpoints(server, name, cacheFolder).forgetAllBut([])
  if (proof.verdict !== 'proven')
    throw new Error(`the example is ${proof.verdict}: ${JSON.stringify(proof.phases)}`)
  const role = `phaseproof_role_test_gate_${process.pid}`
  await query(postgresUrl, `CREATE ROLE ${role} LOGIN PASSWORD 'reader'`)
  await query(postgresUrl, `GRANT pg_read_all_data, pg_read_all_stats TO ${role}`)
  const tool = await openTool(scenario.tool, { scenario: name, projectRoot: root, migrations: 'migrations' })
  const migrations = await tool.listMigrations(join(root, 'migrations'), root)
  const toReader = (url: string) => Object.assign(new URL(url), { username: role, password: 'reader' }).href
  return {
    root,
    scenario,
    toReader,
    withProduction: (applied, use) =>
      withTestDatabase(postgresUrl, async (url) => {
        const staged = migrations.slice(0, applied)
        if (applied > 0) await tool.apply({ connectionString: url, migrations: staged, expectedNew: [] })
        return use(url)
      }),
    ask: (
      url,
      { phase = 2, scenario: other = scenario, migrator, backup, isSigned = true, ...options } = {},
    ) =>
      gate({
        scenario: other,
        phase,
        url,
        projectRoot: root,
        ...(migrator !== undefined && { migrator }),
        ...(backup !== undefined && { backup }),
        isObserving: false,
        judgeSignature: judgeUnsigned(isSigned),
        options: {
          maxAgeMs: 3_600_000,
          backupMaxAgeMs: 3_600_000,
          longMs: 30_000,
          allowWritingRole: false,
          allowPooler: false,
          newServer: false,
          ...options,
        },
      }),
    close: async () => {
      await query(postgresUrl, `DROP ROLE ${role}`)
      await server.close()
      await rm(root, { recursive: true })
    },
  }
}

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, inject, it } from 'vitest'
import { withClient } from '../ground/with-client.ts'
import { fetchSchema } from '../inspect/fetch-schema.ts'
import type { HistoryRow, Migration } from '../model/history.ts'
import type { DeployStop, MigrationTool, ToolChoice } from '../model/tool.ts'
import { openTool } from '../tool/tools.ts'
import { query, withTestDatabase } from './with-test-database.ts'
import '../vitest/provided.ts'

/** What the tests need to know of a tool. */
interface ToolUnderTest {
  readonly name: string
  /** One version for each set of rules that the tool has had. */
  readonly versions: readonly string[]
  /** Names in the order in which a deploy of that version applies them. */
  order(version: string): readonly string[]
  /** Writes one migration into a folder in the tool's layout. */
  write(folder: string, name: string, sql: string): Promise<void>
  /** A schema file of the tool that describes one table `trip` with a key. */
  readonly schema: string
}

/** A database, a folder of migrations and the tool on both. */
interface Bench {
  /** A folder of the test's own. */
  readonly projectRoot: string
  readonly connectionString: string
  readonly tool: MigrationTool
  /** Writes the files and lists the folder. */
  list(files: Readonly<Record<string, string>>): Promise<readonly Migration[]>
  deploy(migrations: readonly Migration[]): ReturnType<MigrationTool['apply']>
  history(): Promise<readonly HistoryRow[]>
  /** Tables of the database but for the history. */
  tables(): Promise<readonly string[]>
  rows(sql: string): Promise<readonly object[]>
}

/** The tests that every migration tool passes, under each of its rules, on a real Postgres. */
export function describeMigrationTool(under: ToolUnderTest): void {
  describe.each(under.versions)(`the tool ${under.name} %s`, (version) => {
    const on = (use: (bench: Bench) => Promise<void>) => withBench(under, { name: under.name, version }, use)

    it('lists a folder in its order, applies it in this order and records it so', () =>
      on(async ({ tool, list, deploy, history, rows }) => {
        const names = under.order(version)
        const said = names.map((name) => [name, `SELECT 'nothing';`] as const)
        const migrations = await list(Object.fromEntries(said.toReversed()))
        expect(migrations.map(({ name }) => name)).toEqual(names)
        expect(await deploy(migrations)).toMatchObject({ applied: names, failure: null })
        expect((await history()).map(({ name }) => name)).toEqual(names)
        expect(await rows(`SELECT FROM "${tool.historyTable}"`)).toHaveLength(names.length)
      }))

    it('records a migration as finished, with the checksum of its file', () =>
      on(async ({ list, deploy, history }) => {
        const [migration] = await list({ '1_é': "COMMENT ON SCHEMA public IS 'é😀';\r\n" })
        await deploy(migration ? [migration] : [])
        const [row, ...others] = await history()
        expect(others).toEqual([])
        expect(row).toMatchObject({ name: '1_é', checksum: migration?.checksum, rolledBackAt: null })
        expect(Date.parse(row?.finishedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(row?.startedAt ?? ''))
      }))

    it('applies what is pending and nothing else, and tells each before it runs', () =>
      on(async ({ connectionString, tool, list, deploy, tables }) => {
        const all = await list({ '1_a': 'CREATE TABLE a ();', '2_b': 'CREATE TABLE b ();' })
        await deploy(all.slice(1))
        const heard: unknown[] = []
        const { applied } = await tool.apply({
          connectionString,
          migrations: all,
          expectedNew: ['1_a'],
          onMigration: (...told) => heard.push(told),
        })
        expect(applied).toEqual(['1_a'])
        expect(heard).toEqual([['1_a', 1, 1]])
        expect(await deploy(all)).toMatchObject({ applied: [], failure: null })
        expect(await tables()).toEqual(['a', 'b'])
      }))

    it('lets somebody look between two migrations, at what is committed', () =>
      on(async ({ connectionString, tool, list, tables }) => {
        const migrations = await list({ '1_a': 'CREATE TABLE a ();', '2_b': 'CREATE TABLE b ();' })
        const seen: unknown[] = []
        const beforeEach = async (name: string) => void seen.push([name, await tables()])
        await tool.apply({ connectionString, migrations, expectedNew: [], beforeEach })
        expect(seen).toEqual([
          ['1_a', []],
          ['2_b', ['a']],
        ])
      }))

    it('stops at the migration that fails, says where, and leaves a row without a finish', () =>
      on(async ({ list, deploy, history, tables }) => {
        const migrations = await list({
          '1_a': 'CREATE TABLE a ();',
          '2_b': 'CREATE TABLE b ();\n\nCREATE TABLE a ();',
          '3_c': 'CREATE TABLE c ();',
        })
        const outcome = await deploy(migrations)
        expect(outcome).toMatchObject({
          applied: ['1_a'],
          failure: { migration: '2_b', file: migrations[1]?.file, line: 3, sqlstate: '42P07' },
        })
        const [first, second, ...others] = await history()
        expect(first?.finishedAt).not.toBeNull()
        expect(second).toMatchObject({ name: '2_b', finishedAt: null })
        expect(others).toEqual([])
        expect(await tables()).not.toContain('c')
      }))

    it('can be stopped after each statement, and leaves what it says that it leaves', () =>
      on(async ({ tool, list }) => {
        const [migration] = await list({ '1_a': STEPS })
        const groups = migration ? await tool.listStops(migration) : []
        expect(groups[0]).toMatchObject({ from: 0, of: 3 })
        expect(groups.at(-1)).toEqual({ from: 3, to: 3, committed: 3, of: 3 })
        for (const { from, to, committed } of groups) {
          for (let after = from; after <= to; after++) {
            for (const how of after < 3 ? (['killed', 'failing'] as const) : (['killed'] as const)) {
              const stopAfter = { migration: '1_a', after, how }
              expect({ ...stopAfter, left: await stopAt(under, version, stopAfter) }).toEqual({
                ...stopAfter,
                left: ['0_z', 'a', 'b', 'c'].slice(0, 1 + committed),
              })
            }
          }
        }
      }))

    it('leaves nothing of a transaction of the file itself that is stopped', () =>
      on(async ({ tool, list }) => {
        const [migration] = await list({ '1_a': `BEGIN;\n${STEPS}\nCOMMIT;` })
        expect(await (migration && tool.listStops(migration))).toEqual([
          { from: 0, to: 4, committed: 0, of: 5 },
          { from: 5, to: 5, committed: 5, of: 5 },
        ])
      }))

    it('knows of no place to stop in a file that does nothing', () =>
      on(async ({ tool, list }) => {
        const [migration] = await list({ '1_a': '-- nothing' })
        expect(await (migration && tool.listStops(migration))).toEqual([])
      }))

    it('waits for another deploy and then finds nothing to do, or gives up and says so', () =>
      on(async ({ connectionString, tool, list, rows }) => {
        const migrations = await list({ '1_a': 'CREATE TABLE a ();' })
        const request = { connectionString, migrations, expectedNew: ['1_a'], mayMeet: true as const }
        const outcomes = await Promise.all([tool.apply(request), tool.apply(request)])
        expect(outcomes.map(({ failure }) => failure)).toEqual([null, null])
        expect(outcomes.flatMap(({ applied }) => applied)).toEqual(['1_a'])
        expect(await rows(OTHERS)).toEqual([{ sessions: 0, locks: 0 }])
      }))

    it('is refused by a history that holds a failure', () =>
      on(async ({ list, deploy }) => {
        await deploy(await list({ '1_a': 'SELECT 1/0;' }))
        const outcome = await deploy(await list({ '1_a': 'SELECT 1;', '2_b': 'CREATE TABLE b ();' }))
        expect(outcome).toMatchObject({ applied: [], failure: { migration: '1_a' } })
      }))

    it('records a migration as applied without running it, and tells it from one that ran', () =>
      on(async ({ connectionString, tool, list, deploy, history, tables }) => {
        const migrations = await list({ '1_a': 'CREATE TABLE a ();', '2_b': 'CREATE TABLE b ();' })
        expect(
          await tool.resolve({ connectionString, migrations, applied: ['1_a'], rolledBack: [] }),
        ).toBeNull()
        expect(await deploy(migrations)).toMatchObject({ applied: ['2_b'], failure: null })
        expect(await tables()).toEqual(['b'])
        const rows = await history()
        expect(rows.map((row) => [row.name, row.checksum, tool.isBaselined(row)])).toEqual([
          ['1_a', migrations[0]?.checksum, true],
          ['2_b', migrations[1]?.checksum, false],
        ])
      }))

    it('records a failure as rolled back, so that the migration runs again, or as applied, so that it does not', () =>
      on(async ({ connectionString, tool, list, deploy, tables }) => {
        const files = { '1_a': 'CREATE TABLE a ();', '2_b': 'CREATE TABLE c ();' }
        const failing = await list({ ...files, '1_a': 'SELECT 1/0;' })
        expect(await deploy(failing)).toMatchObject({ failure: { migration: '1_a' } })
        const again = { connectionString, migrations: failing, applied: [], rolledBack: ['1_a'] }
        expect(await tool.resolve(again)).toBeNull()
        expect(await deploy(failing)).toMatchObject({ failure: { migration: '1_a', sqlstate: '22012' } })
        const given = { connectionString, migrations: failing, applied: ['1_a'], rolledBack: [] }
        expect(await tool.resolve(given)).toBeNull()
        expect(await deploy(failing)).toMatchObject({ applied: ['2_b'], failure: null })
        expect(await tables()).toEqual(['c'])
      }))

    it('refuses to resolve what ran, and what never failed', () =>
      on(async ({ connectionString, tool, list, deploy }) => {
        const migrations = await list({ '1_a': 'CREATE TABLE a ();' })
        await deploy(migrations)
        const place = { connectionString, migrations }
        for (const wrong of [
          { applied: ['1_a'], rolledBack: [] },
          { applied: [], rolledBack: ['1_a'] },
        ]) {
          expect(await tool.resolve({ ...place, ...wrong })).toMatchObject({ migration: '1_a', line: null })
        }
      }))

    it('leaves no session and no lock behind, even of a failure', () =>
      on(async ({ list, deploy, rows }) => {
        await deploy(await list({ '1_a': 'SELECT 1/0;' }))
        expect(await rows(OTHERS)).toEqual([{ sessions: 0, locks: 0 }])
      }))

    it('keeps its history in one table, which is no part of the schema', () =>
      on(async ({ tool, list, deploy, history, tables, rows }) => {
        expect(await history()).toEqual([])
        await deploy(await list({ '1_a': 'SELECT 1;' }))
        expect(await tables()).toEqual([])
        expect(
          await rows(`SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
          AND relkind = 'r'`),
        ).toEqual([{ relname: tool.historyTable }])
      }))

    it('renders the SQL of its own schema file', () =>
      on(async ({ projectRoot, tool, tables, rows }) => {
        const path = join(projectRoot, 'schema of the tool')
        await expect(tool.renderTargetSql(path)).rejects.toMatchObject({ code: 'usage' })
        await writeFile(path, under.schema)
        await rows(await tool.renderTargetSql(path))
        expect(await tables()).toEqual(['trip'])
      }))

    it('names itself, its version and both of its rules', () =>
      on(async ({ tool }) => {
        expect(tool.rules).toMatchObject({ name: under.name, version })
        expect(tool.words.title).toContain(version)
        expect(tool.describeLimits([]).length).toBeGreaterThanOrEqual(2)
      }))
  })
}

const STEPS = 'CREATE TABLE a ();\n-- then\nCREATE TABLE b ();\nCREATE TABLE c ();'

/** Tables that are there after a deploy of two migrations stopped in the second one, and what its history says of them. */
async function stopAt(
  { name, write }: ToolUnderTest,
  version: string,
  stopAfter: DeployStop,
): Promise<readonly string[]> {
  let left: readonly string[] = []
  await withBench(
    { write },
    { name, version },
    async ({ connectionString, tool, list, tables, ...bench }) => {
      const migrations = await list({ '0_z': 'CREATE TABLE "0_z" ();', '1_a': STEPS })
      const outcome = await tool.apply({ connectionString, migrations, expectedNew: [], stopAfter })
      expect(outcome).toMatchObject({ applied: ['0_z'], failure: { migration: '1_a', isAskedFor: true } })
      expect(outcome.failure?.sqlstate === '57P01').toBe(stopAfter.how === 'killed')
      const history = await bench.history()
      expect(history.map((row) => [row.name, row.finishedAt === null])).toEqual([
        ['0_z', false],
        ['1_a', true],
      ])
      expect(await bench.rows(OTHERS)).toEqual([{ sessions: 0, locks: 0 }])
      left = await tables()
    },
  )
  return left
}

const OTHERS = `SELECT
  (SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
    AND backend_type = 'client backend') AS sessions,
  (SELECT count(*)::int FROM pg_locks WHERE locktype = 'advisory'
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())) AS locks`

async function withBench(
  under: Pick<ToolUnderTest, 'write'>,
  choice: ToolChoice,
  use: (bench: Bench) => Promise<void>,
): Promise<void> {
  const projectRoot = await mkdtemp(join(tmpdir(), 'phaseproof-tool-'))
  const folder = join(projectRoot, 'migrations')
  try {
    await mkdir(folder)
    const tool = await openTool(choice, { scenario: 'bench', projectRoot, migrations: 'migrations' })
    await withTestDatabase(inject('postgresUrl'), (connectionString) =>
      use({
        projectRoot,
        connectionString,
        tool,
        async list(files) {
          for (const [name, sql] of Object.entries(files)) await under.write(folder, name, sql)
          return tool.listMigrations(folder, projectRoot)
        },
        deploy: (migrations) =>
          tool.apply({ connectionString, migrations, expectedNew: migrations.map(({ name }) => name) }),
        history: () => withClient(connectionString, (client) => tool.fetchHistory(client)),
        tables: async () => {
          const schema = await withClient(connectionString, (client) =>
            fetchSchema(client, tool.historyTable),
          )
          return schema.tables.map(({ name }) => name)
        },
        rows: (sql) => query(connectionString, sql),
      }),
    )
  } finally {
    await rm(projectRoot, { recursive: true })
  }
}

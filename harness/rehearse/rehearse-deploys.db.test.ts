import { describe, expect, inject, it } from 'vitest'
import { inspectDatabase } from '../inspect/inspect-database.ts'
import { stateDifferences } from '../judge/rehearsal/state-differences.ts'
import type { DeployOptions, RehearsedDatabase } from '../model/ports.ts'
import { toMigration } from '../testing/database-for-test.ts'
import { withTestDatabase } from '../testing/with-test-database.ts'
import { openTool } from '../tool/tools.ts'
import { rehearseHalfWay } from './half-way/rehearse-half-way.ts'
import { rehearseAgain } from './rehearse-again.ts'
import { rehearseTwoDeploys } from './rehearse-two-deploys.ts'
import '../vitest/provided.ts'

/** A phase given as names and SQL, on empty databases. */
async function toPhase(version: string, files: Readonly<Record<string, string>>) {
  const tool = await openTool({ name: 'prisma', version }, { scenario: '', projectRoot: '/', migrations: '' })
  const migrations = Object.entries(files).map(([name, sql]) => toMigration(name, sql))
  const expectedNew = Object.keys(files)
  const open = <T>(use: (database: RehearsedDatabase) => Promise<T>) =>
    withTestDatabase(inject('postgresUrl'), async (connectionString) => {
      const place = { connectionString, migrations }
      const apply = (options: DeployOptions = {}) => tool.apply({ ...place, expectedNew, ...options })
      return use({
        connectionString,
        deploy: async (options) => (await apply(options)).failure,
        deployAgain: apply,
        resolve: (how, name) =>
          tool.resolve({
            ...place,
            applied: how === 'applied' ? [name] : [],
            rolledBack: how === 'rolled-back' ? [name] : [],
          }),
        compareWith: async () => {
          const found = await inspectDatabase(connectionString, tool)
          const history = found.history.filter(({ rolledBackAt }) => rolledBackAt === null)
          return stateDifferences(after, { ...found, history }, null)
        },
      })
    })
  const after = await withTestDatabase(inject('postgresUrl'), async (connectionString) => {
    await tool.apply({ connectionString, migrations, expectedNew })
    return inspectDatabase(connectionString, tool)
  })
  const stoppable = await Promise.all(
    migrations.map(async (migration) => ({ ...migration, groups: await tool.listStops(migration) })),
  )
  return { open, stoppable }
}

async function stop(
  version: string,
  files: Readonly<Record<string, string>>,
  rollback: string | null = null,
) {
  const { open, stoppable } = await toPhase(version, files)
  const { stops } = await rehearseHalfWay({ open, migrations: stoppable, rollback })
  return stops
}

const told = (stops: Awaited<ReturnType<typeof stop>>) =>
  stops.map(
    ({ migration, how, from, to, committed, recovery }) =>
      `${migration} ${how.join(' or ')} after ${from}-${to}, ${committed} stay: ${recovery}`,
  )

const TABLES = 'CREATE TABLE a ();\nCREATE TABLE b ();'

describe('a deploy that stops half-way', () => {
  it('is recovered by two commands where a file is one transaction', async () => {
    const stops = await stop('7.3.0', {
      '1': TABLES,
      '2': 'INSERT INTO c VALUES (1);'.replace('INSERT', 'CREATE TABLE c (x int); INSERT'),
    })
    expect(told(stops)).toEqual(
      ['1', '2'].flatMap((name) => [
        `${name} killed or failing after 0-1, 0 stay: rolled-back`,
        `${name} killed after 2-2, 2 stay: applied`,
      ]),
    )
    expect(stops[1]).toMatchObject({
      line: null,
      remains: ['line 1: CREATE TABLE a ()', 'line 2: CREATE TABLE b ()'],
    })
  })

  it('is finished by hand where each statement stays and none can run twice', async () => {
    const stops = await stop('7.10.0', { '1': TABLES })
    expect(told(stops)).toEqual([
      '1 killed or failing after 0-0, 0 stay: rolled-back',
      '1 killed or failing after 1-1, 1 stay: finish',
      '1 killed after 2-2, 2 stay: applied',
    ])
    expect(stops[1]).toMatchObject({
      line: 2,
      restLine: 2,
      remains: ['line 1: CREATE TABLE a ()'],
      failed: [
        { recovery: 'rolled-back', says: '1 line 1: relation "a" already exists' },
        { recovery: 'applied', says: 'table b is missing' },
      ],
    })
  })

  it('is lost where the rest needs what went with the session', async () => {
    const sql =
      'CREATE TEMPORARY TABLE t AS SELECT 1 AS x;\nCREATE TABLE a (x int);\nINSERT INTO a SELECT x FROM t;'
    const stops = await stop('7.10.0', { '1': sql })
    expect(told(stops)[2]).toBe('1 killed after 2-2, 2 stay: null')
    expect(stops[2]?.failed.at(-1)).toEqual({
      recovery: 'finish',
      says: 'the rest stops at line 3: relation "t" does not exist',
    })
  })

  it('is finished for every file of a phase in one walk, once one of them was', async () => {
    const stops = await stop('7.10.0', { '1': TABLES, '2': 'CREATE TABLE c ();\nCREATE TABLE d ();' })
    expect(told(stops).filter((text) => text.endsWith(': finish'))).toEqual([
      '1 killed or failing after 1-1, 1 stay: finish',
      '2 killed or failing after 1-1, 1 stay: finish',
    ])
    expect(stops.find(({ migration, restLine }) => migration === '2' && restLine === 2)?.failed).toEqual([])
  })

  it.each([
    ['its statements can run twice', TABLES.replaceAll('TABLE', 'TABLE IF NOT EXISTS')],
    ['it begins a transaction itself', `BEGIN;\n${TABLES}\nCOMMIT;`],
  ])('is recovered by a second deploy where %s', async (_, sql) => {
    const recoveries = (await stop('7.10.0', { '1': sql })).map(({ recovery }) => recovery)
    expect(new Set(recoveries.slice(0, -1))).toEqual(new Set(['rolled-back']))
    expect(recoveries.at(-1)).toBe('applied')
  })

  it('is recovered by the script that undoes the phase where nothing else helps', async () => {
    const undo = 'DROP TABLE IF EXISTS a, b; DELETE FROM _prisma_migrations;'
    const stops = await stop('7.10.0', { '1': TABLES }, undo)
    expect(told(stops)[1]).toBe('1 killed or failing after 1-1, 1 stay: rollback')
  })

  it('is not called recovered where rows come twice', async () => {
    const sql =
      'CREATE TABLE IF NOT EXISTS a (x int);\nINSERT INTO a VALUES (1);\nCREATE TABLE IF NOT EXISTS b ();'
    const stops = await stop('7.10.0', { '1': sql })
    expect(told(stops).slice(1, 3)).toEqual([
      '1 killed or failing after 1-1, 1 stay: rolled-back',
      '1 killed or failing after 2-2, 2 stay: finish',
    ])
    expect(stops[2]?.failed[0]?.says).toBe('a: 1 rows were there, 2 are')
  })
})

describe('two deploys at once', () => {
  it.each(['7.3.0', '7.10.0'])('wait for each other, Prisma %s', async (version) => {
    const { open } = await toPhase(version, { '1': TABLES, '2': 'CREATE TABLE c ();' })
    expect(
      await open((database) => rehearseTwoDeploys(database, { before: '2', waitsForOthers: false })),
    ).toEqual({
      first: null,
      second: null,
      met: 'waited',
      differences: [],
      leftovers: [],
    })
  })

  it('deadlock where one builds an index concurrently', async () => {
    const { open } = await toPhase('7.10.0', {
      '1': 'CREATE TABLE t (x int);',
      '2': 'CREATE INDEX CONCURRENTLY i ON t (x);',
    })
    const { first, second, met, differences } = await open((database) =>
      rehearseTwoDeploys(database, { before: '2', waitsForOthers: true }),
    )
    expect(first).toMatchObject({ migration: '2', sqlstate: '40P01' })
    expect(second).toMatchObject({ migration: '2', sqlstate: 'P3009' })
    expect([met, differences.length > 0]).toEqual(['waited', true])
  })
})

it('sees a second deploy run what a migration took from the history', async () => {
  const tidy = `DELETE FROM _prisma_migrations WHERE migration_name = '1';`
  const { open } = await toPhase('7.3.0', { '1': 'CREATE TABLE a ();', '2': tidy })
  const again = await open(async (database) => {
    await database.deploy()
    return rehearseAgain(database)
  })
  expect(again).toMatchObject({ applied: [], failure: { migration: '1', sqlstate: '42P07' } })
})

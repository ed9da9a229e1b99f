import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, inject, it } from 'vitest'
import { toSha256 } from '../../ground/file-digest.ts'
import { inspectDatabase } from '../../inspect/inspect-database.ts'
import type { Migration } from '../../model/history.ts'
import { silentProgress } from '../../model/ports.ts'
import { toRolePassword } from '../../postgres/cluster/role-password.ts'
import { openDatabases } from '../../postgres/databases.ts'
import { query, withTestDatabase } from '../../testing/with-test-database.ts'
import { openTool } from '../../tool/tools.ts'
import { openCheckpoints } from '../checkpoints.ts'
import { auditHistory } from './audit-history.ts'
import '../../vitest/provided.ts'

const toMigration = (name: string, sql: string): Migration => ({
  name,
  file: `migrations/${name}/migration.sql`,
  sql,
  checksum: toSha256(sql),
  checksumOtherLineEndings: toSha256(sql.replaceAll('\n', '\r\n')),
})

/** Verdicts after the migrations ran on a database and somebody changed it by hand; those that are no plain execution. */
async function audit(migrations: readonly Migration[], byHand = '', migrator: string | null = null) {
  const server = await openDatabases(inject('postgresAddress'))
  const cacheFolder = await mkdtemp(join(tmpdir(), 'phaseproof audit '))
  const scenario = {
    name: 'audit',
    title: '',
    snapshot: null,
    migrations: 'm',
    tool: { name: 'prisma' },
    phases: [],
  }
  try {
    const tool = await openTool(
      { name: 'prisma', version: '7.3.0' },
      { scenario: 'audit', projectRoot: process.cwd(), migrations: 'm' },
    )
    return await withTestDatabase(inject('postgresUrl'), async (connectionString) => {
      await tool.apply({ connectionString, migrations, expectedNew: [] })
      if (byHand !== '') await query(connectionString, byHand)
      const base = await inspectDatabase(connectionString, tool)
      const checkpoints = openCheckpoints(server, `audit ${process.pid}`, cacheFolder, {
        owner: migrator,
        app: null,
      })
      const place = {
        tool,
        server,
        checkpoints,
        cacheFolder,
        progress: silentProgress,
        ...(migrator && { migrator }),
      }
      const around = <T>(measure: () => Promise<T>) => measure()
      const subject = { scenario, upTo: 0, migrations, base, asOf: new Date().toISOString() }
      const audited = await auditHistory(subject, { ...place, around })
      const { migrations: verdicts } = audited
      expect(verdicts).toHaveLength(migrations.length)
      // The second time it is read from the cache.
      expect(
        await auditHistory(subject, { ...place, around: () => Promise.reject(new Error('measured')) }),
      ).toEqual(audited)
      return verdicts
        .filter(({ verdict }) => verdict !== 'executed')
        .map(({ migration, verdict }) => `${migration} ${verdict}`)
    })
  } finally {
    await server.close()
    await rm(cacheFolder, { recursive: true })
  }
}

const tables = (count: number) =>
  Array.from({ length: count }, (_, n) =>
    toMigration(`${100 + n}_t${n}`, `CREATE TABLE t${n} (id integer PRIMARY KEY, note text);`),
  )

it('finds a long history true by what it leads to', async () => {
  expect(await audit(tables(40))).toEqual([])
  expect(await audit([...tables(39), toMigration('200', 'DROP TABLE t3;')])).toEqual([])
})

it('finds in a long history which migration lies', async () => {
  expect(await audit(tables(40), 'DROP TABLE t7')).toEqual(['107_t7 effects-absent'])
  const dropped = [...tables(39), toMigration('200', 'DROP TABLE t3;')]
  expect(await audit(dropped, 'CREATE TABLE t3 (id integer PRIMARY KEY, note text)')).toEqual([
    '200 effects-absent',
  ])
})

it('finds in a short one what was done by halves, and passes over what somebody added', async () => {
  const both = toMigration('1', 'CREATE TABLE a (id integer); CREATE TABLE b (id integer);')
  expect(await audit([both], 'DROP TABLE b; CREATE TABLE c ()')).toEqual(['1 half-applied'])
  expect(await audit([both], 'ALTER TABLE b ADD COLUMN note text')).toEqual([])
})

it('looks for the effects of a history that a superuser began, where the migrator may do less', async () => {
  // By our prefix: runs beside this one on the same server leave such roles alone.
  const migrator = `phaseproof_test_migrator_${process.pid}`
  const password = toRolePassword(inject('postgresAddress'), migrator)
  await query(inject('postgresUrl'), `CREATE ROLE ${migrator} LOGIN PASSWORD '${password}'`)
  try {
    const root = "CREATE FUNCTION root(float8) RETURNS float8 LANGUAGE internal AS 'dsqrt';"
    const migrations = [toMigration('1', root), toMigration('2', 'CREATE TABLE a (id integer);')]
    expect(await audit(migrations, '', migrator)).toEqual([])
    expect(await audit(migrations, 'DROP TABLE a', migrator)).toEqual(['2 effects-absent'])
  } finally {
    await query(inject('postgresUrl'), `DROP ROLE ${migrator}`)
  }
})

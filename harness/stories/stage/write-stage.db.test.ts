import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { definePhase, type Scenario } from '../../model/scenario.ts'
import { withDatabaseForTest } from '../../testing/database-for-test.ts'
import { openTool } from '../../tool/tools.ts'
import { checkStage } from './check-stage.ts'
import { writeStage } from './write-stage.ts'

const toPhase = (id: number, migrations: readonly string[]) =>
  definePhase({
    id,
    name: `0${id}`,
    title: `Phase ${id}`,
    goal: 'tables',
    risk: 'low',
    dependsOn: [],
    estimateMinutes: 1,
    migrations,
    changes: ['*'],
    expect: migrations.map((table) => ({ kind: 'table', table, exists: true })),
  })
/** Phases out of the order of their names, as plans that catch up are; one migration was there before. */
const scenario: Scenario = {
  name: 'shop',
  title: 'Shop',
  snapshot: null,
  migrations: 'migrations/shop',
  tool: { name: 'prisma', version: '7.3.0' },
  recorded: ['20250101_base'],
  phases: [toPhase(1, ['20250301_late']), toPhase(2, ['20250201_early']), toPhase(3, ['20250401_last'])],
}
const names = ['20250101_base', '20250201_early', '20250301_late', '20250401_last']

let projectRoot: string
let out: string

beforeEach(() => {
  projectRoot = mkdtempSync(join(tmpdir(), 'phaseproof-stage-'))
  out = join(projectRoot, 'staged')
  for (const name of names) write(`migrations/shop/${name}/migration.sql`, `create table "${name}" ();\n`)
  write('migrations/shop/migration_lock.toml', 'provider = "postgresql"\n')
})
afterEach(() => rmSync(projectRoot, { recursive: true }))

function write(file: string, text: string): void {
  mkdirSync(dirname(join(projectRoot, file)), { recursive: true })
  writeFileSync(join(projectRoot, file), text)
}

const stage = (upTo: number, have: readonly string[] | 'as-planned' | 'as-proven' = 'as-planned') =>
  writeStage({ scenario, upTo, projectRoot, reportsFolder: join(projectRoot, 'reports'), out, have })
const listed = () => readdirSync(join(out, 'migrations')).sort()

it('gives a deploy of production one phase, and nothing else to apply', () =>
  withDatabaseForTest(async ({ connectionString, tables, history }) => {
    const tool = await openTool(scenario.tool, {
      scenario: 'shop',
      projectRoot,
      migrations: 'migrations/shop',
    })
    const deploy = async (folder: string) => {
      const migrations = await tool.listMigrations(folder, projectRoot)
      const { applied, failure } = await tool.apply({ connectionString, migrations, expectedNew: [] })
      return failure ?? applied
    }
    const base = join(projectRoot, 'base')
    write(
      'base/20250101_base/migration.sql',
      readFileSync(join(projectRoot, 'migrations/shop/20250101_base/migration.sql'), 'utf8'),
    )
    await deploy(base)
    for (const [upTo, name] of [
      [1, '20250301_late'],
      [2, '20250201_early'],
      [3, '20250401_last'],
    ] as const) {
      await stage(upTo)
      expect(checkStage(out)?.faults).toEqual([])
      expect(await deploy(join(out, 'migrations'))).toEqual([name])
      expect(await deploy(join(out, 'migrations'))).toEqual([])
    }
    expect(await history()).toEqual(
      ['20250101_base', '20250301_late', '20250201_early', '20250401_last'].map(
        (name) => `${name}: finished`,
      ),
    )
    expect(await tables()).toEqual(names)
  }))

describe('a staged folder', () => {
  it("holds what production has, the phase and the tool's own file, and nothing of later phases", async () => {
    await stage(1)
    expect(listed()).toEqual(['20250101_base', '20250301_late', 'migration_lock.toml'])
  })

  it('holds what a person says that production has', async () => {
    const { migrations, missing } = await stage(1, ['20250101_base', '20250401_last', '20240101_gone'])
    expect(migrations.filter(({ isApplied }) => isApplied).map(({ name }) => name)).toEqual(['20250301_late'])
    expect(listed()).toEqual(['20250101_base', '20250301_late', '20250401_last', 'migration_lock.toml'])
    expect(missing).toEqual(['20240101_gone'])
  })

  it('is the same, byte for byte, when it is staged again', async () => {
    await stage(2)
    const before = readFileSync(join(out, 'phaseproof-stage.json'), 'utf8')
    await stage(2)
    expect(readFileSync(join(out, 'phaseproof-stage.json'), 'utf8')).toBe(before)
    expect(readdirSync(projectRoot).sort()).toEqual(['migrations', 'staged'])
  })

  it.each<[string, () => void, string]>([
    [
      'a byte of a migration',
      () => appendFileSync(join(out, 'migrations/20250201_early/migration.sql'), ' '),
      'migrations/20250201_early/migration.sql was changed',
    ],
    [
      'a migration too few',
      () => rmSync(join(out, 'migrations/20250301_late'), { recursive: true }),
      'migrations/20250301_late/migration.sql is missing',
    ],
    [
      'a migration too many',
      () => write('staged/migrations/20250401_last/migration.sql', ''),
      'migrations/20250401_last was not staged',
    ],
    [
      'an empty folder',
      () => mkdirSync(join(out, 'migrations/20250401_last')),
      'migrations/20250401_last was not staged',
    ],
    [
      'a link in place of a file',
      () => {
        rmSync(join(out, 'migrations/20250201_early/migration.sql'))
        symlinkSync(
          join(projectRoot, 'migrations/shop/20250201_early/migration.sql'),
          join(out, 'migrations/20250201_early/migration.sql'),
        )
      },
      'migrations/20250201_early/migration.sql is no regular file',
    ],
    [
      'an edited manifest',
      () => {
        const file = join(out, 'phaseproof-stage.json')
        writeFileSync(file, readFileSync(file, 'utf8').replace('"phase": 2', '"phase": 1'))
      },
      'phaseproof-stage.json was changed',
    ],
  ])('tells %s, and is not replaced then', async (_what, change, fault) => {
    await stage(2)
    change()
    expect(checkStage(out)?.faults).toContain(fault)
    await expect(stage(2)).rejects.toThrow(/was changed after it was staged/)
  })
})

describe('staging refuses, and writes nothing,', () => {
  it.each<[string, () => Promise<unknown> | unknown, RegExp]>([
    [
      'a folder that holds something else',
      () => write('staged/notes.txt', 'mine'),
      /not empty, and nothing was staged/,
    ],
    ['a file', () => write('staged', 'mine'), /is no folder/],
    ['a link', () => symlinkSync(projectRoot, out), /is no folder/],
  ])('in place of %s', async (_what, prepare, message) => {
    await prepare()
    const before = readdirSync(projectRoot, { recursive: true }).sort()
    await expect(stage(2)).rejects.toThrow(message)
    expect(readdirSync(projectRoot, { recursive: true }).sort()).toEqual(before)
  })

  it.each<[string, number, Parameters<typeof stage>[1], RegExp]>([
    [
      'a phase whose predecessor production lacks',
      2,
      ['20250101_base'],
      /lacks 20250301_late of an earlier phase/,
    ],
    ['a phase that production has', 1, names, /has 20250301_late of phase 1 already/],
    ['what no proof says', 2, 'as-proven', /No proof says what production has before phase 2/],
    ['a phase that the plan has not', 4, 'as-planned', /no phase 4/],
  ])('%s', async (_what, upTo, have, message) => {
    await expect(stage(upTo, have)).rejects.toThrow(message)
    expect(readdirSync(projectRoot)).toEqual(['migrations'])
  })

  it('a proof that is none', async () => {
    write('reports/shop/phase-2.proof.json', '{}')
    await expect(stage(2)).rejects.toThrow(/no statement of a proof/)
  })
})

import { describe, expect, inject, it } from 'vitest'
import { runPhaseproof as run } from '../testing/run-phaseproof.ts'
import { query, withTestDatabase } from '../testing/with-test-database.ts'
import { stagePhase } from '../tool/stage-phase.ts'
import { openTool } from '../tool/tools.ts'
import '../vitest/provided.ts'

const loyalty = '20251020090000_loyalty'
const scenario = 'broken/recorded-without-effects'
const folder = `scenarios/${scenario}/migrations`
const history = (name: string, ...args: string[]) =>
  run(['history', '--scenario', name, '--postgres', 'embedded', ...args])

describe('phaseproof history', () => {
  it('ends with 0 where the history is true, and shows each migration', async () => {
    const { code, stdout } = await history('broken/healthy')
    expect(code).toBe(0)
    expect(stdout).toMatch(
      /executed +20250901090000_customers +phase 1; recorded as executed at .*; its 13 effects are there/,
    )
    expect(stdout).toContain('history: 2 executed, 2 pending')
  })

  it('ends with 1 where a row lies, with the way out as it was tried', async () => {
    const { code, stdout } = await history(scenario, '--json')
    expect(code).toBe(1)
    const { migrations } = JSON.parse(stdout)
    expect(migrations.find(({ migration }: { migration: string }) => migration === loyalty)).toMatchObject({
      verdict: 'effects-absent',
      wayOut: {
        steps: [
          'In a migration of its own:',
          'ALTER TABLE "public"."customers" ADD COLUMN "points" integer NOT NULL DEFAULT 0;',
        ],
        isProven: true,
      },
    })
  })

  it('reads a database that is not ours, changes nothing there, and says that nothing was tried on it', () =>
    withTestDatabase(inject('postgresUrl'), async (url) => {
      const place = { scenario, projectRoot: process.cwd(), migrations: folder }
      const tool = await openTool({ name: 'prisma', version: '7.3.0' }, place)
      const migrations = await tool.listMigrations(`${process.cwd()}/${folder}`, process.cwd())
      const ran = ['20250901090000_customers', '20250915090000_orders']
      await tool.apply({
        connectionString: url,
        migrations: stagePhase(migrations, ran, []),
        expectedNew: ran,
      })
      await tool.resolve({ connectionString: url, migrations, applied: [loyalty], rolledBack: [] })
      const { code, stdout } = await history(scenario, '--url', url, '--json')
      const args = ['history', '--scenario', scenario, '--postgres', 'embedded', '--json']
      const byVariable = await run([...args, '--env', 'PRODUCTION'], undefined, { PRODUCTION: url })
      expect([code, byVariable.code, byVariable.stdout]).toEqual([1, 1, stdout])
      const { migrations: verdicts } = JSON.parse(stdout)
      expect(verdicts).toMatchObject([
        { migration: ran[0], verdict: 'executed' },
        { migration: ran[1], verdict: 'executed' },
        { migration: loyalty, verdict: 'effects-absent', wayOut: { proof: null, isProven: false } },
        { verdict: 'pending' },
      ])
      expect(await query(url, `SELECT FROM "${tool.historyTable}"`)).toHaveLength(3)
    }))

  it('refuses a snapshot and a database at once', async () => {
    const { code, stderr } = await history(
      scenario,
      '--url',
      'postgresql://me@127.0.0.1:1/x',
      '--snapshot',
      'y',
    )
    expect([code, stderr]).toEqual([2, expect.stringContaining('more than one snapshot or database at once')])
  })

  it('takes the connection string from a variable, and says which one is not set', async () => {
    const { code, stderr } = await history(scenario, '--env', 'PHASEPROOF_TEST_NOWHERE')
    expect([code, stderr]).toEqual([2, expect.stringContaining('PHASEPROOF_TEST_NOWHERE is not set')])
  })
})

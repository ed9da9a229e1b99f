import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { runPhaseproof } from '../testing/run-phaseproof.ts'
import { contractModule, makeShopProject, shopPhase } from '../testing/shop-project.ts'

const project = makeShopProject()
const proof = 'reports/shop/phase-1.json'
const read = (file: string) => existsSync(join(project.root, file))

function run(args: readonly string[], during?: Parameters<typeof runPhaseproof>[1], folder = project.root) {
  return runPhaseproof([...args, '--postgres', 'embedded'], during, {}, folder)
}

beforeAll(() => project.addScenario('shop'))
// A proof as an earlier run left it.
beforeEach(() => project.write(proof, JSON.stringify({ verdict: 'proven', upTo: 1 })))
afterAll(() => project.remove())

describe('a proof of an earlier run is gone when a run of the same phases ends early', () => {
  const faulty = ['scenario.ts', '20260101090000_orders', 'no_such_migration'] as const

  it.for<[string, readonly string[], () => void, number]>([
    ['for a plan with a fault', ['prove', '1'], () => project.addScenario('shop', toFaulty(faulty)), 2],
    [
      'for a scenario that does not load',
      ['prove', '1'],
      () => project.addScenario('shop', { 'scenario.ts': '(' }),
      2,
    ],
    [
      'for a scenario that does not load, all of it',
      ['prove', 'all'],
      () => project.addScenario('shop', { 'scenario.ts': '(' }),
      2,
    ],
    [
      'for a server that is away',
      ['prove', '1', '--postgres', 'postgresql://x@127.0.0.1:1/phaseproof_x'],
      () => {},
      3,
    ],
    ['for a table that cannot be multiplied', ['prove', '1', '--scale', 'nope=9'], () => {}, 2],
  ])('%s', async ([name, args, prepare, code]) => {
    project.addScenario('shop')
    prepare()
    const isScaled = name.includes('multiplied')
    const old = isScaled ? proof.replace('.json', '.scaled.json') : proof
    project.write(old, '{}')
    const ended = await runPhaseproof(args, undefined, {}, project.root)
    expect([ended.code, read(old)], ended.stderr).toEqual([code, false])
  })

  it('for a scenario before it in a regression', async () => {
    project.addScenario('shop', { 'scenario.ts': '(' })
    project.addScenario('tools')
    project.write('reports/tools/phase-1.json', '{}')
    const ended = await run(['regression'])
    rmSync(join(project.root, 'scenarios/tools'), { recursive: true })
    expect([ended.code, read(proof), read('reports/tools/phase-1.json')], ended.stderr).toEqual([
      2,
      false,
      false,
    ])
  })

  it.for([
    ['while phases are replayed', 'ready in'],
    ['while contracts run', 'contract began'],
  ] as const)('for a signal %s', async ([, sign]) => {
    const waits = `import { test } from '${contractModule}'
      test('waits', async ({ api }) => {
        process.stderr.write('contract began\\n')
        await api.get('/orders')
        await new Promise((resolve) => setTimeout(resolve, 25_000))
      })`
    project.addScenario('shop', { [`${shopPhase}/waits.contract.test.ts`]: waits })
    const startedAt = Date.now()
    const ended = await run(['prove', '1', '--reporter', 'default'], async ({ stderr, kill }) => {
      while (!stderr().includes(sign) && Date.now() - startedAt < 60_000) await sleep(20)
      kill('SIGINT')
    })
    rmSync(join(project.root, `scenarios/shop/${shopPhase}/waits.contract.test.ts`))
    expect([ended.code, read(proof)], ended.stderr).toEqual([3, false])
    expect(ended.stderr).toContain('interrupted by SIGINT')
  })

  it('and for one in which nothing was decided', async () => {
    project.addScenario('shop', {
      [`${shopPhase}/void.contract.test.ts`]: `import { test } from '${contractModule}'\ntest('claims nothing', () => {})`,
    })
    const ended = await run(['prove', '1'])
    expect([ended.code, read(proof)], ended.stderr).toEqual([3, false])
    expect(ended.stdout).toContain('could not judge phase 1, "claims nothing"')
  })
})

describe('promises', () => {
  it('are written when a person asks for it, from anywhere in the project, and a scenario that keeps less says so', async () => {
    project.addScenario('shop', {
      [`${shopPhase}/void.contract.test.ts`]: `import { expect, test } from '${contractModule}'\ntest('claims', () => { expect(1).toBe(1) })`,
    })
    const folder = join(project.root, 'scenarios', 'shop')
    const first = await run(['prove', 'all', '--record-promises'], undefined, folder)
    expect([first.code, read('scenarios/shop/promises.json')], first.stderr).toEqual([0, true])
    project.write(
      `scenarios/shop/${shopPhase}/void.contract.test.ts`,
      `import { test } from 'vitest'\ntest('claims', () => {})`,
    )
    const second = await run(['prove', 'all'])
    expect(second.code).toBe(0)
    expect(second.stdout).toContain('limit: Phase 01-shop was promised with contracts: 2; it has 1.')
  })

  it('are not taken from a part of the phases', async () => {
    const ended = await run(['prove', '1', '--record-promises'])
    expect([ended.code, ended.stderr]).toEqual([2, expect.stringContaining('prove all --record-promises')])
  })
})

function toFaulty([file, from, to]: readonly [string, string, string]): Readonly<Record<string, string>> {
  return { [file]: project.scenarioText('shop').replace(from, to) }
}

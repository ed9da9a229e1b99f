import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type ProvingAll, proveAll } from '../testing/prove-all.ts'
import { contractModule, makeShopProject, shopPhase } from '../testing/shop-project.ts'
import './provided.ts'

/** A file beside a contract that holds; what it does must not go unseen. */
interface Case {
  readonly name: string
  readonly text: string
  /** Has a scenario to itself; the others share one, each with words of its own. */
  readonly alone?: true
  /** Where the file lies. Default: in the folder of the phase. */
  readonly file?: string
  /** What the proof says, of what ran and says nothing or of what did not run. */
  readonly says: RegExp
}

const project = makeShopProject()
const ours = `import { expect, flow, test } from '${contractModule}'\n`
const plain = "import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'\n"
const both = `${ours}import { afterAll, afterEach, beforeAll, describe } from 'vitest'\n`
const holds = "test('holds', async ({ api }) => { expect((await api.get('/orders')).status).toBe(200) })\n"

const cases: readonly Case[] = [
  {
    name: 'plain-test-fails',
    alone: true,
    text: `${plain}it('adds up', () => { expect(1).toBe(2) })`,
    says: /"adds up" in .*plain-test-fails\.contract\.test\.ts failed without a finding: expected 1 to be 2/,
  },
  {
    name: 'plain-test-outside-of-phases',
    file: 'loose.contract.test.ts',
    text: `${plain}it('adds up', () => { expect(1).toBe(2) })`,
    says: /^"adds up" in scenarios\/.*loose\.contract\.test\.ts failed/,
  },
  {
    name: 'contract-in-javascript',
    file: `${shopPhase}/case.contract.test.mjs`,
    text: `${plain}it('multiplies', () => { expect(1).toBe(2) })`,
    says: /"multiplies" in .*case\.contract\.test\.mjs failed/,
  },
  {
    name: 'contract-below-the-phase',
    file: `${shopPhase}/deep/case.contract.test.ts`,
    text: ours + holds,
    says: /lies in no phase/,
  },
  {
    name: 'another-suffix',
    alone: true,
    file: `${shopPhase}/orders.spec.ts`,
    text: ours + holds,
    says: /^orders\.spec\.ts did not run: only files named \*\.contract\.test\.ts do$/,
  },
  {
    name: 'another-suffix-below-the-phase',
    alone: true,
    file: `${shopPhase}/deep/orders.contract.mts`,
    text: ours + holds,
    says: /^orders\.contract\.mts did not run: only/,
  },
  {
    name: 'after-all-in-describe',
    alone: true,
    text: `${both}describe('orders', () => { afterAll(() => { throw new Error('not tidied') })\n${holds}})`,
    says: /after-all-in-describe\.contract\.test\.ts > orders: not tidied/,
  },
  {
    name: 'before-all-in-describe',
    text: `${both}describe('orders', () => { beforeAll(() => { throw new Error('not ready') })\n${holds}})`,
    says: /before-all-in-describe\.contract\.test\.ts > orders: not ready/,
  },
  {
    name: 'after-each-in-describe',
    text: `${both}describe('orders', () => { afterEach(() => { throw new Error('not tidied') })\n${holds}})`,
    says: /"orders > holds" in .*after-each-in-describe.* failed without a finding: not tidied/,
  },
  {
    name: 'after-all-in-file',
    text: `${both}afterAll(() => { throw new Error('not tidied') })\n${holds}`,
    says: /after-all-in-file\.contract\.test\.ts: not tidied/,
  },
  {
    name: 'before-all-in-file',
    text: `${both}beforeAll(() => { throw new Error('not ready') })\n${holds}`,
    says: /before-all-in-file\.contract\.test\.ts: not ready/,
  },
  {
    name: 'describe-throws',
    text: `${both}${holds}describe('orders', () => { throw new Error('no suite') })`,
    says: /describe-throws\.contract\.test\.ts.*no suite/,
  },
  {
    name: 'import-fails',
    text: `import './nowhere.ts'\n${ours}${holds}`,
    says: /import-fails\.contract\.test\.ts: .*nowhere/s,
  },
  {
    name: 'syntax-error',
    text: `${ours}${holds}test('x', async ( => {})`,
    says: /syntax-error\.contract\.test\.ts: /,
  },
  { name: 'empty-file', text: 'export {}', says: /empty-file\.contract\.test\.ts: No test suite found/ },
  {
    name: 'unhandled-rejection',
    text: `${ours}test('holds', async ({ api }) => { Promise.reject(new Error('unseen rejection')); await api.get('/orders') })`,
    says: /unseen rejection/,
  },
  {
    name: 'error-on-a-timer',
    text: `${ours}test('holds', async ({ api }) => { setTimeout(() => { throw new Error('unseen timer') }); await api.get('/slow') })`,
    says: /unseen timer/,
  },
  {
    name: 'claim-not-awaited',
    text: `${ours}test('holds', async ({ api }) => { expect(Promise.resolve(3)).resolves.toBe(4); await api.get('/slow') })`,
    says: /expected 3 to be 4/,
  },
  {
    name: 'error-that-somebody-else-hears',
    text: `${ours}process.on('unhandledRejection', () => {})
      test('holds', async ({ api }) => { Promise.reject(new Error('heard elsewhere')); await api.get('/orders') })`,
    says: /heard elsewhere/,
  },
  {
    name: 'claim-that-fails-later-and-somebody-else-hears',
    text: `${ours}process.on('uncaughtException', () => {})
      test('holds', async ({ api }) => { setTimeout(() => { expect(5).toBe(6) }); await api.get('/slow') })`,
    says: /expected 5 to be 6/,
  },
  {
    name: 'process-exit-while-loading',
    text: `${ours}${holds}process.exit(0)`,
    says: /process-exit-while-loading\.contract\.test\.ts: process\.exit/,
  },
  {
    name: 'worker-killed',
    alone: true,
    text: `${ours}test('holds', async ({ api }) => { await api.get('/orders'); process.kill(process.pid, 'SIGKILL') })`,
    says: /exited unexpectedly|did not run to its end/,
  },
  {
    name: 'plain-test-skipped',
    text: `${ours}${plain.replace(', expect', '')}${holds}it.skip('later skipped', () => {})`,
    says: /"later skipped"/,
  },
  {
    name: 'plain-test-todo',
    text: `${ours}${plain.replace(', expect', '')}${holds}it.todo('later todo')`,
    says: /"later todo"/,
  },
  {
    name: 'suite-skipped',
    alone: true,
    text: `${both}describe.skip('orders', () => {\n${holds}})`,
    says: /1 of 2 contracts did not run/,
  },
  {
    name: 'contract-skipped',
    alone: true,
    text: `${ours}flow.skip('orders are kept', () => {})`,
    says: /1 of 2 contracts did not run/,
  },
  {
    name: 'contract-to-do',
    text: `${ours}test.todo('orders are kept')`,
    says: /to do: "orders are kept"/,
  },
  {
    name: 'phase-to-do',
    alone: true,
    file: 'scenario.ts',
    text: project.scenarioText('phase-to-do').replace('changes:', "todo: ['state the columns'], changes:"),
    says: /to do: "state the columns"/,
  },
  {
    name: 'contract-tried-again',
    text: `${both}let runs = 0\ndescribe('orders', { retry: 3 }, () => {
      test('holds at last', async ({ api }) => { await api.get('/orders'); runs += 1; expect(runs).toBeGreaterThan(3) }) })`,
    says: /"orders > holds at last" in .* was tried \d times/,
  },
  {
    name: 'soft-claim-fails',
    text: `${ours}test('holds', async ({ api }) => { await api.get('/orders'); expect.soft(1).toBe(2) })`,
    says: /"holds" in .*soft-claim-fails.* failed without a finding: expected 1 to be 2/,
  },
  {
    name: 'no-claim',
    text: `${ours}test('holds', () => {})`,
    says: /"holds" in .*\/no-claim\.contract.*: it makes no assertion and sends no request/,
  },
  {
    name: 'no-claim-in-a-flow',
    text: `${ours}flow('holds', () => {})`,
    says: /"holds" in .*no-claim-in-a-flow.*: it makes no assertion and sends no request/,
  },
  {
    name: 'request-never-sent',
    text: `${ours}test('holds', ({ api }) => { expect(api.get('/orders')).toBeDefined() })`,
    says: /request-never-sent.* it returned before GET \/orders was answered/,
  },
  {
    name: 'request-not-awaited',
    text: `${ours}test('holds', async ({ api }) => { await api.get('/orders'); api.get('/slow').then(() => {}) })`,
    says: /request-not-awaited.* it returned before GET \/slow was answered/,
  },
]

const fileOf = ({ name, file = `${shopPhase}/${name}.contract.test.ts` }: Case) => file
let proving: ProvingAll

beforeAll(() => {
  project.addScenario('control', {
    [`${shopPhase}/seen.contract.test.ts`]: `${ours}test('holds', async ({ api }) => { await api.get('/orders') })`,
    [`${shopPhase}/plain.contract.test.ts`]: `${plain}it('adds up', () => { expect(1).toBe(1) })`,
  })
  const together = cases.filter(({ alone }) => !alone)
  project.addScenario('together', Object.fromEntries(together.map((one) => [fileOf(one), one.text])))
  project.addScenario('process-exit', {
    [`${shopPhase}/exit.contract.test.ts`]: `${ours}test('exits', () => { process.exit(0) })`,
  })
  const alone = cases.filter((one) => one.alone)
  for (const one of alone) project.addScenario(one.name, { [fileOf(one)]: one.text })
  const names = ['control', 'together', 'process-exit', ...alone.map(({ name }) => name)]
  proving = proveAll(project.root, names, inject('postgresAddress'), [])
})

afterAll(async () => {
  await proving.stop()
  project.remove()
})

describe('whatever runs in a scenario counts', () => {
  it('proves the shop that nothing is wrong with, in a project that has no configuration of Vitest', async () => {
    const proof = await proving.proofOf('control')
    expect(proof).toMatchObject({ verdict: 'proven', phases: [{ outcome: 'passed', contracts: 2 }] })
    expect(proof.undecided).toBeUndefined()
  })

  it.for(cases)('$name is undecided, with its name and message', async ({ name, alone, says }) => {
    const { verdict, undecided = [], phases } = await proving.proofOf(alone ? name : 'together')
    const notRun = phases.flatMap((phase) => (phase.outcome === 'not-run' ? [phase.blockedBy] : []))
    const said = [...undecided, ...notRun]
    expect([verdict, said]).toEqual(['undecided', expect.arrayContaining([expect.stringMatching(says)])])
  })

  it('holds a contract that ends the process to have failed', async () => {
    expect(await proving.proofOf('process-exit')).toMatchObject({
      verdict: 'disproven',
      phases: [{ findings: [{ kind: 'contract-failed', message: expect.stringContaining('process.exit') }] }],
    })
  })

  it('says of a plain test that passes that it saw no migrated database', async () => {
    const { limits } = await proving.proofOf('control')
    expect(limits).toContainEqual(expect.stringMatching(/1 tests are not registered .*: adds up\.$/))
  })
})

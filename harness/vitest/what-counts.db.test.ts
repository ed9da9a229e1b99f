import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type ProvingAll, proveAll } from '../testing/prove-all.ts'
import { contractModule, makeShopProject, shopPhase } from '../testing/shop-project.ts'
import './provided.ts'

/** A file beside a contract that holds; what it does must not go unseen. */
interface Case {
  readonly name: string
  readonly text: string
  /** Where the file lies. Default: in the folder of the phase. */
  readonly file?: string
  /** What the proof says, of what ran and says nothing or of what did not run. */
  readonly says: RegExp
}

const ours = `import { expect, flow, test } from '${contractModule}'\n`
const plain = "import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'\n"
const both = `${ours}import { afterAll, afterEach, beforeAll, describe } from 'vitest'\n`
const holds = "test('holds', async ({ api }) => { expect((await api.get('/orders')).status).toBe(200) })\n"

const cases: readonly Case[] = [
  {
    name: 'plain-test-fails',
    text: `${plain}it('adds up', () => { expect(1).toBe(2) })`,
    says: /"adds up" in .*case\.contract\.test\.ts failed without a finding: expected 1 to be 2/,
  },
  {
    name: 'plain-test-outside-of-phases',
    file: 'loose.contract.test.ts',
    text: `${plain}it('adds up', () => { expect(1).toBe(2) })`,
    says: /^"adds up" in scenarios\/.*loose\.contract\.test\.ts failed/,
  },
  {
    name: 'contract-below-the-phase',
    file: `${shopPhase}/deep/case.contract.test.ts`,
    text: ours + holds,
    says: /lies in no phase/,
  },
  {
    name: 'after-all-in-describe',
    text: `${both}describe('orders', () => { afterAll(() => { throw new Error('not tidied') })\n${holds}})`,
    says: /case\.contract\.test\.ts > orders: not tidied/,
  },
  {
    name: 'before-all-in-describe',
    text: `${both}describe('orders', () => { beforeAll(() => { throw new Error('not ready') })\n${holds}})`,
    says: /case\.contract\.test\.ts > orders: not ready/,
  },
  {
    name: 'after-each-in-describe',
    text: `${both}describe('orders', () => { afterEach(() => { throw new Error('not tidied') })\n${holds}})`,
    says: /"orders > holds" in .* failed without a finding: not tidied/,
  },
  {
    name: 'after-all-in-file',
    text: `${both}afterAll(() => { throw new Error('not tidied') })\n${holds}`,
    says: /case\.contract\.test\.ts: not tidied/,
  },
  {
    name: 'before-all-in-file',
    text: `${both}beforeAll(() => { throw new Error('not ready') })\n${holds}`,
    says: /case\.contract\.test\.ts: not ready/,
  },
  {
    name: 'describe-throws',
    text: `${both}${holds}describe('orders', () => { throw new Error('no suite') })`,
    says: /no suite/,
  },
  { name: 'import-fails', text: `import './nowhere.ts'\n${ours}${holds}`, says: /nowhere/ },
  { name: 'syntax-error', text: `${ours}${holds}test('x', async ( => {})`, says: /case\.contract\.test\.ts/ },
  { name: 'empty-file', text: 'export {}', says: /No test suite found|did not run/ },
  {
    name: 'unhandled-rejection',
    text: `${ours}test('holds', async ({ api }) => { Promise.reject(new Error('unseen')); await api.get('/orders') })`,
    says: /unseen/,
  },
  {
    name: 'error-on-a-timer',
    text: `${ours}test('holds', async ({ api }) => { setTimeout(() => { throw new Error('unseen') }); await api.get('/slow') })`,
    says: /unseen/,
  },
  {
    name: 'claim-not-awaited',
    text: `${ours}test('holds', async ({ api }) => { expect(Promise.resolve(1)).resolves.toBe(2); await api.get('/slow') })`,
    says: /expected 1 to be 2/,
  },
  {
    name: 'process-exit',
    text: `${ours}test('holds', async ({ api }) => { await api.get('/orders'); process.exit(0) })`,
    says: /process\.exit/,
  },
  {
    name: 'process-exit-while-loading',
    text: `${ours}${holds}process.exit(0)`,
    says: /process\.exit/,
  },
  {
    name: 'worker-killed',
    text: `${ours}test('holds', async ({ api }) => { await api.get('/orders'); process.kill(process.pid, 'SIGKILL') })`,
    says: /exited unexpectedly|did not run to its end/,
  },
  {
    name: 'plain-test-skipped',
    text: `${ours}${plain.replace(', expect', '')}${holds}it.skip('later', () => {})`,
    says: /"later" did not run/,
  },
  {
    name: 'plain-test-todo',
    text: `${ours}${plain.replace(', expect', '')}${holds}it.todo('later')`,
    says: /"later" did not run/,
  },
  {
    name: 'suite-skipped',
    text: `${both}describe.skip('orders', () => {\n${holds}})`,
    says: /1 of 2 contracts did not run/,
  },
  {
    name: 'contract-skipped',
    text: `${ours}flow.skip('orders are kept', () => {})`,
    says: /1 of 2 contracts did not run/,
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
    says: /"holds" in .* failed without a finding: expected 1 to be 2/,
  },
  {
    name: 'no-claim',
    text: `${ours}test('holds', () => {})`,
    says: /"holds" could not be judged: it makes no assertion and sends no request/,
  },
  {
    name: 'no-claim-in-a-flow',
    text: `${ours}flow('holds', () => {})`,
    says: /"holds" could not be judged: it makes no assertion and sends no request/,
  },
  {
    name: 'request-never-sent',
    text: `${ours}test('holds', ({ api }) => { expect(api.get('/orders')).toBeDefined() })`,
    says: /it returned before GET \/orders was answered/,
  },
  {
    name: 'request-not-awaited',
    text: `${ours}test('holds', async ({ api }) => { await api.get('/orders'); api.get('/slow').then(() => {}) })`,
    says: /it returned before GET \/slow was answered/,
  },
]

const project = makeShopProject()
let proving: ProvingAll

beforeAll(() => {
  project.addScenario('control')
  project.addScenario('answer-not-looked-at', {
    [`${shopPhase}/case.contract.test.ts`]: `${ours}test('holds', async ({ api }) => { await api.get('/orders') })`,
  })
  project.addScenario('plain-test-passes', {
    [`${shopPhase}/case.contract.test.ts`]: `${plain}it('adds up', () => { expect(1).toBe(1) })`,
  })
  for (const { name, text, file = `${shopPhase}/case.contract.test.ts` } of cases)
    project.addScenario(name, { [file]: text })
  const names = ['control', 'answer-not-looked-at', 'plain-test-passes', ...cases.map(({ name }) => name)]
  proving = proveAll(project.root, names, inject('postgresAddress'))
})

afterAll(() => {
  proving.stop()
  project.remove()
})

describe('whatever runs in a scenario counts', () => {
  it('proves the shop that nothing is wrong with, in a project that has no configuration of Vitest', async () => {
    const proof = await proving.proofOf('control')
    expect(proof).toMatchObject({ verdict: 'proven', phases: [{ outcome: 'passed', contracts: 1 }] })
    expect(proof.undecided).toBeUndefined()
  })

  it.for(cases)('$name is undecided, with its name and message', async ({ name, says }) => {
    const { verdict, undecided = [], phases } = await proving.proofOf(name)
    const notRun = phases.flatMap((phase) => (phase.outcome === 'not-run' ? [phase.blockedBy] : []))
    const said = [...undecided, ...notRun]
    expect([verdict, said]).toEqual(['undecided', expect.arrayContaining([expect.stringMatching(says)])])
  })

  it('is content with an answer that nobody looked at', async () => {
    expect(await proving.proofOf('answer-not-looked-at')).toMatchObject({ verdict: 'proven' })
  })

  it('says of a plain test that passes that it saw no migrated database', async () => {
    const { verdict, limits } = await proving.proofOf('plain-test-passes')
    expect(verdict).toBe('proven')
    expect(limits).toContainEqual(expect.stringMatching(/1 tests are not registered .*: adds up\.$/))
  })
})

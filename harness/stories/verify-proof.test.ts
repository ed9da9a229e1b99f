import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { toSha256 } from '../ground/file-digest.ts'
import { toCanonicalJson } from '../ground/to-canonical-json.ts'
import type { Proof } from '../model/proof.ts'
import { definePhase, type Scenario } from '../model/scenario.ts'
import type { RefusalKind } from '../model/statement.ts'
import { toPlanDigest } from '../proof/statement/to-plan-digest.ts'
import { toSampleProof, toSampleRecord, toSampleStatement } from '../testing/sample-proof.ts'
import { describeAbout } from './describe-about.ts'
import { readLoaded } from './loaded-files.ts'
import { writeProof } from './proof-files.ts'
import { readPlan } from './read-plan.ts'
import { readScenario } from './read-scenario.ts'
import { readSnapshotOf } from './read-snapshot-of.ts'
import { signProof } from './sign-proof.ts'
import { readPrivateKey, readTrustedKeys, type TrustedKey, writeKeyPair } from './signing/keys.ts'
import { describeHarness } from './state-proof.ts'
import { type VerifyProofRequest, verifyProof } from './verify-proof.ts'

const toPhase = (id: number, migration: string) =>
  definePhase({
    id,
    name: `0${id}-shop`,
    title: 'Shop',
    goal: 'orders',
    risk: 'low',
    dependsOn: [],
    estimateMinutes: 1,
    migrations: [migration],
    changes: ['a'],
    expect: [{ kind: 'table', table: 'a', exists: true }],
  })
const scenario: Scenario = {
  name: 'shop',
  title: 'Shop',
  snapshot: 'snapshots/shop',
  migrations: 'migrations/shop',
  tool: { name: 'prisma', version: '7.3.0' },
  recorded: ['20250901090000_customers', '20250915090000_orders'],
  server: { module: './server/app.ts' },
  phases: [toPhase(1, '20260101_a'), toPhase(2, '20260201_b')],
}
const states = '{"format":1}\n'

let projectRoot: string
let trusted: readonly TrustedKey[]
const pathOf = (file: string) => join(projectRoot, file)
const proofFile = () => pathOf('reports/shop/phase-1.json')

function write(file: string, text: string): void {
  mkdirSync(dirname(pathOf(file)), { recursive: true })
  writeFileSync(pathOf(file), text)
}

beforeEach(async () => {
  projectRoot = mkdtempSync(join(tmpdir(), 'phaseproof-verify-'))
  cpSync(join(import.meta.dirname, '../../scenarios/broken/snapshots/shop'), pathOf('snapshots/shop'), {
    recursive: true,
  })
  for (const name of [...(scenario.recorded ?? []), '20260101_a', '20260201_b'])
    write(`migrations/shop/${name}/migration.sql`, 'SELECT 1;\n')
  write('scenarios/shop/scenario.ts', 'loaded by the test\n')
  write('scenarios/shop/server/app.ts', '// server\n')
  write('src/app.ts', '// app\n')
  write('scenarios/shop/phases/01-shop/a.contract.test.ts', '// contract\n')
  write('scenarios/shop/phases/01-shop/rollback.sql', 'DROP TABLE a;\n')
  writeKeyPair(pathOf('team'))
  trusted = readTrustedKeys([pathOf('team.pub.pem')])
  await prove()
  await signProof(proofFile(), readPrivateKey(pathOf('team.pem')))
})
afterEach(() => rmSync(projectRoot, { recursive: true }))

/** Writes what a run of phase 1 leaves. */
async function prove(changes: Partial<Proof> = {}): Promise<void> {
  const read = await readScenario('shop', projectRoot, async () => ({ default: scenario }))
  const { tool, migrations } = await readPlan(read, 1, projectRoot)
  const { snapshot } = await readSnapshotOf(read, projectRoot, undefined)
  const about = await describeAbout({
    scenario: read,
    upTo: 1,
    tool,
    snapshot,
    scaled: null,
    migrations,
    server: { version: { text: '17.10', major: 17 } },
    projectRoot,
  })
  const sample = toSampleProof()
  const phases = sample.phases.slice(0, 1)
  const proof = { ...sample, upTo: 1, phases, about, states: toSha256(states), ...changes }
  const statement = toSampleStatement(proof, {
    plan: toPlanDigest(read, 1),
    records: [toSampleRecord(1)],
    loaded: await readLoaded('shop', projectRoot, [
      pathOf('src/app.ts'),
      pathOf('scenarios/shop/server/app.ts'),
      '/elsewhere.ts',
    ]),
    harness: describeHarness(),
  })
  writeProof(pathOf('reports'), proof, { states, statement: toCanonicalJson(statement) })
}

const verify = (changes: Partial<VerifyProofRequest> = {}, now = scenario) =>
  verifyProof({ file: proofFile(), trusted, projectRoot, load: async () => ({ default: now }), ...changes })
const kindsOf = async (...given: Parameters<typeof verify>) =>
  (await verify(...given)).refusals.map(({ kind }) => kind)

it('accepts a signed proof of what is there, by whichever of its files', async () => {
  for (const file of ['phase-1.json', 'phase-1.proof.json', 'phase-1.proof.sigstore.json']) {
    const { signer, refusals, statement } = await verify({ file: pathOf(`reports/shop/${file}`) })
    expect(refusals).toEqual([])
    expect(signer).toEqual(trusted[0])
    expect(statement?.predicate.result).toBe('PASSED')
  }
})

describe('a changed byte is refused, and what it is in is named,', () => {
  it.each<[string, string, RefusalKind, RegExp]>([
    [
      'a migration of the phase',
      'migrations/shop/20260101_a/migration.sql',
      'subject-changed',
      /migration:20260101_a is not what was proven/,
    ],
    [
      'the rows of the snapshot',
      'snapshots/shop/data/public.orders.copy',
      'subject-changed',
      /public\.orders\.copy/,
    ],
    ['the schema of the snapshot', 'snapshots/shop/schema/pre-data.sql', 'subject-changed', /pre-data\.sql/],
    ['the manifest of the snapshot', 'snapshots/shop/manifest.json', 'subject-changed', /manifest\.json/],
    [
      'a contract',
      'scenarios/shop/phases/01-shop/a.contract.test.ts',
      'subject-changed',
      /^contracts is not/,
    ],
    ['the server', 'scenarios/shop/server/app.ts', 'subject-changed', /^server is not/],
    ['the states', 'reports/shop/phase-1.states.json', 'subject-changed', /^states is not/],
    [
      'the statement',
      'reports/shop/phase-1.proof.json',
      'proof-changed',
      /phase-1\.proof\.json does not say/,
    ],
    ['the proof', 'reports/shop/phase-1.json', 'proof-changed', /phase-1\.json does not say/],
    ['what its tests loaded', 'src/app.ts', 'subject-changed', /^file:src\/app\.ts is not/],
    ['the bundle', 'reports/shop/phase-1.proof.sigstore.json', 'bundle-invalid', /bundle/],
  ])('%s', async (_what, file, kind, message) => {
    appendFileSync(pathOf(file), /manifest|phase-1\.json/.test(file) ? '}' : ' ')
    const refusal = { kind, message: expect.stringMatching(message), remedy: expect.stringMatching(/\S/) }
    expect((await verify()).refusals).toContainEqual(refusal)
  })

  it('the rollback of the phase', async () => {
    appendFileSync(pathOf('scenarios/shop/phases/01-shop/rollback.sql'), ' ')
    expect(await kindsOf()).toEqual(expect.arrayContaining(['subject-changed']))
  })

  it('an expectation, a budget or a role of the plan', async () => {
    const [first, second] = scenario.phases as [Scenario['phases'][number], Scenario['phases'][number]]
    const stricter = { ...first, expect: [{ kind: 'table', table: 'b', exists: true } as const] }
    const messages = (await verify({}, { ...scenario, phases: [stricter, second] })).refusals.map(
      ({ message }) => message,
    )
    expect(messages).toEqual([
      expect.stringMatching(/^expectations is not/),
      expect.stringMatching(/^plan is not/),
    ])
    expect(await kindsOf({}, { ...scenario, roles: { migrator: 'm', app: 'a' } })).toEqual([
      'subject-changed',
    ])
  })

  it('but not in what comes after the phase', async () => {
    appendFileSync(pathOf('migrations/shop/20260201_b/migration.sql'), ' ')
    expect(await kindsOf()).toEqual([])
  })
})

describe('refused is', () => {
  it('a proof that nobody signed', async () => {
    rmSync(pathOf('reports/shop/phase-1.proof.sigstore.json'))
    expect(await kindsOf()).toEqual(['unsigned'])
  })

  it('a proof that a stranger signed', async () => {
    writeKeyPair(pathOf('stranger'))
    await signProof(proofFile(), readPrivateKey(pathOf('stranger.pem')))
    expect(await kindsOf()).toEqual(['stranger'])
  })

  it('a proof that was written anew over the one that was signed', async () => {
    const bundle = readFileSync(pathOf('reports/shop/phase-1.proof.sigstore.json'))
    await prove({ limits: ['another'] })
    writeFileSync(pathOf('reports/shop/phase-1.proof.sigstore.json'), bundle)
    expect(await kindsOf()).toEqual(['proof-changed', 'proof-changed'])
  })

  it('a proof that was put in the place of another phase', async () => {
    for (const end of ['proof.json', 'proof.sigstore.json', 'states.json'])
      cpSync(pathOf(`reports/shop/phase-1.${end}`), pathOf(`reports/shop/phase-2.${end}`))
    expect(await kindsOf({ file: pathOf('reports/shop/phase-2.json') })).toContain('other-phase')
  })

  it('a proof of another phase than the one that is asked for', async () => {
    expect(await kindsOf({ upTo: 2 })).toContain('other-phase')
  })

  it('a proof with another version of the tool than is there now', async () => {
    const kinds = await kindsOf({}, { ...scenario, tool: { name: 'prisma', version: '7.10.0' } })
    expect(kinds).toEqual(expect.arrayContaining(['other-tool']))
  })

  it('a proof of a file that is gone', async () => {
    rmSync(pathOf('src/app.ts'))
    expect(await kindsOf()).toEqual(['subject-missing'])
  })

  it('a file that is no proof', async () => {
    rmSync(pathOf('reports/shop/phase-1.proof.sigstore.json'))
    write('reports/shop/phase-1.proof.json', '')
    expect(await kindsOf()).toEqual(['unsigned', 'not-a-proof'])
    await expect(signProof(proofFile(), readPrivateKey(pathOf('team.pem')))).rejects.toThrow(/it is empty/)
    await expect(verify({ file: pathOf('reports/shop/phase-9.json') })).rejects.toThrow(/There is no proof/)
  })
})

import { spawn } from 'node:child_process'
import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { chmod } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Proof } from '../model/proof.ts'

const copied = [
  'harness',
  'package.json',
  'pnpm-lock.yaml',
  'tsconfig.json',
  'vitest.config.ts',
  'scenarios/broken/shop.ts',
  'scenarios/broken/shop-api',
  'scenarios/broken/snapshots',
  'scenarios/broken/healthy',
  'scenarios/broken/healthy-api',
]
/** What the copy says when it loads what starts Vitest. */
const loaded = 'the test runner is loaded'
const shop = 'scenarios/broken/healthy-api'
let root: string

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'phaseproof-reuse-'))
  // The account of an embedded server must be able to enter, where the copy is root's.
  await chmod(root, 0o755)
  for (const path of copied) cpSync(path, join(root, path), { recursive: true })
  symlinkSync(join(process.cwd(), 'node_modules'), join(root, 'node_modules'))
  writeFileSync(join(root, '.gitignore'), 'generated/\n')
  append('harness/vitest/run-tests.ts', `process.stderr.write('${loaded}\\n')\n`)
  await prove()
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** As a person proves it; on a machine that is no CI. */
function prove(
  args: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
): Promise<{ proof: Proof; stderr: string }> {
  const { CI: _ci, VITEST: _vitest, ...ours } = process.env
  const all = [
    'prove',
    'all',
    '--scenario',
    'broken/healthy-api',
    '--postgres',
    'embedded',
    '--json',
    ...args,
  ]
  const child = spawn(process.execPath, ['--import', 'tsx', 'harness/cli/main.ts', ...all], {
    cwd: root,
    env: { ...ours, NO_COLOR: '1', ...env },
  })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk) => {
    stdout += chunk
  })
  child.stderr.on('data', (chunk) => {
    stderr += chunk
  })
  return new Promise((resolve, reject) => {
    child.on('close', () => {
      if (stdout === '') reject(new Error(stderr))
      else resolve({ proof: JSON.parse(stdout) as Proof, stderr })
    })
  })
}

/** Verdict, and how many trials were told again, phase by phase: of contracts, of endpoints, and of the server beneath the phase. */
function summary({ proof }: { readonly proof: Proof }) {
  return [
    proof.verdict,
    ...proof.phases.map((result) => ('trials' in result ? (result.trials?.reused ?? 0) : 0)),
  ]
}

/** The proof without what differs from one run of the same to the next. */
function timeless({ takenAt: _at, durationMs: _ms, phases, ...proof }: Proof) {
  return { ...proof, phases: phases.map((phase) => ({ ...phase, durationMs: 0 })) }
}

const everything = ['proven', 8, 5]
const nothing = ['proven', 0, 0]

describe('contracts that passed', () => {
  it('are told again while nothing changed, with all that the first proof said', async () => {
    const again = await prove()
    expect(summary(again)).toEqual(everything)
    expect(again.stderr).not.toContain(loaded)
    const fresh = await prove(['--fresh'])
    expect(fresh.stderr).toContain(loaded)
    expect(summary(fresh)).toEqual(nothing)
    const { takenAt: _a, durationMs: _b, phases: p, rehearsals: r = [], ...told } = again.proof
    const { takenAt: _c, durationMs: _d, phases: q, rehearsals: s = [], ...ran } = fresh.proof
    expect(told).toEqual(ran)
    // Rehearsals that are made again take another time.
    const toOutcomes = (all: typeof r) => all.map((one) => [one.phase, one.experiment, one.outcome])
    expect(toOutcomes(r)).toEqual(toOutcomes(s))
    expect(p.map(({ outcome }) => outcome)).toEqual(q.map(({ outcome }) => outcome))
  })

  it('are told the same by the test runner and without it', async () => {
    const told = await prove()
    expect(told.stderr).not.toContain(loaded)
    const byVitest = await prove(['--reporter', 'default'])
    expect(byVitest.stderr).toContain(loaded)
    expect(timeless(told.proof)).toEqual(timeless(byVitest.proof))
  })

  it.for<[string, (string | number)[], () => undefined | NodeJS.ProcessEnv]>([
    ['the server', nothing, () => append(`${shop}/server.ts`)],
    ['a module that the server imports', nothing, () => append('scenarios/broken/shop-api/shop-server.ts')],
    ['a generated file that git ignores', nothing, () => append('generated/client.js')],
    ['the OpenAPI document', nothing, () => append('scenarios/broken/shop-api/openapi.yaml')],
    ['the sweep plan', nothing, () => append('scenarios/broken/shop-api/sweep.ts')],
    ['the lockfile', nothing, () => append('pnpm-lock.yaml')],
    ['the configuration of Vitest', nothing, () => append('vitest.config.ts')],
    ['the environment', nothing, () => ({ SHOP_TAX: '7' })],
    ['the harness', nothing, () => append('harness/vitest/contract-attempt.ts')],
    [
      'a migration of phase 2, where they ran on its state',
      ['proven', 6, 1],
      () => append('scenarios/broken/healthy/migrations/20260113090000_shipments/migration.sql', '-- \n'),
    ],
    [
      'one test file, and its tests only',
      ['proven', 5, 4],
      () => append(`${shop}/phases/01-shop/refunds-once.contract.test.ts`),
    ],
    ['what was kept, cut short', nothing, cutShort],
  ])('run again after an edit of %s', async ([, expected, edit]) => {
    const env = edit() ?? {}
    expect(summary(await prove([], env))).toEqual(expected)
  })

  it('are asked for again when a test file comes or goes', async () => {
    const file = join(root, `${shop}/phases/01-shop/new.contract.test.ts`)
    expect((await prove()).proof.verdict).toBe('proven')
    writeFileSync(file, "import { test } from 'vitest'\ntest('fails', () => { throw new Error('new') })\n")
    for (let run = 1; run <= 2; run++) {
      const { proof } = await prove()
      expect(proof.undecided).toEqual([expect.stringContaining('new')])
    }
    rmSync(file)
    expect(summary(await prove())).toEqual(everything)
  })

  it('all run in CI, and what fails is never told again', async () => {
    expect(summary(await prove())).toEqual(everything)
    expect(summary(await prove([], { CI: 'true' }))).toEqual(nothing)
    append(
      `${shop}/phases/02-shop/shipments.contract.test.ts`,
      "test('fails', ({ api }) => api.get('/shipments').expect(418))\nimport { test } from 'phaseproof/contract'\n",
    )
    for (let run = 1; run <= 2; run++) {
      const { proof } = await prove()
      expect(proof.verdict).toBe('disproven')
      expect(proof.phases[1]).toMatchObject({ outcome: 'failed', findings: [{ kind: 'contract-failed' }] })
      expect(summary({ proof })[1]).toBe(8)
    }
  })
})

it('a snapshot of Vitest that a contract writes is compared with nothing, and the next run compares', async () => {
  writeFileSync(
    join(root, `${shop}/phases/01-shop/kept.contract.test.ts`),
    "import { expect, test } from '../../../../../harness/vitest/contract-test.ts'\ntest('is as it was', async () => { expect({ a: 1 }).toMatchSnapshot() })\n",
  )
  const { proof } = await prove()
  const reason = expect.stringContaining('it wrote 1 snapshot, which nothing was compared with')
  expect(proof.undecided).toEqual([reason, reason])
  expect((await prove()).proof.undecided).toBeUndefined()
})

function append(file: string, text = '\n'): undefined {
  if (file.startsWith('generated')) cpSync('package.json', join(root, file), { recursive: true })
  appendFileSync(join(root, file), text)
}

function cutShort(): undefined {
  const folder = join(root, '.phaseproof/outcomes')
  for (const name of readdirSync(folder)) truncateSync(join(folder, name), 100)
}

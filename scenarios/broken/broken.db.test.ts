import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { allChecks } from '../../harness/judge/all-checks.ts'
import { expectationsOf } from '../../harness/judge/expectations-of.ts'
import type { Finding } from '../../harness/model/finding.ts'
import type { Proof } from '../../harness/model/proof.ts'
import { describeFinding } from '../../harness/proof/describe-finding.ts'
import { readScenario } from '../../harness/stories/read-scenario.ts'
import { type ProvingAll, proveAll } from '../../harness/testing/prove-all.ts'
import { importBroken, listBroken } from './list-broken.ts'
import '../../harness/vitest/provided.ts'

const faulty = listBroken().filter((folder) => !folder.startsWith('healthy'))
const healthy = listBroken().filter((folder) => folder.startsWith('healthy'))
/** Scenarios that end in what a rehearsal finds. */
const ofRehearsals =
  /^(rollback|restore|recovery|second-deploy|two-deploys|lock-held|rewrite-too|deploy-too|dependency-un|phases-do|alternative|seeds|declaration-void-alternative|unfit)/
let proving: ProvingAll

beforeAll(() => {
  const names = [...faulty, ...healthy].map((folder) => `broken/${folder}`)
  // What is found elsewhere is found without all rehearsals, which take most of the time; the healthy scenarios go through each of them.
  const few = faulty.filter((folder) => !ofRehearsals.test(folder))
  const experiments = Object.fromEntries(few.map((folder) => [`broken/${folder}`, ['rollback' as const]]))
  proving = proveAll(join(import.meta.dirname, '..', '..'), names, inject('postgresAddress'), experiments)
})

afterAll(() => proving.stop())

function findingsOf(proof: Proof) {
  return proof.phases.flatMap((result) => (result.outcome === 'failed' ? result.findings : []))
}

/** How long something takes differs from run to run. */
function withFixedTimes(finding: Finding): Finding {
  const fix = (key: string, value: unknown) => (/^(held|duration)Ms$/.test(key) ? 412 : value)
  return JSON.parse(JSON.stringify(finding, fix)) as Finding
}

describe('each check can fail', () => {
  it.for(faulty)('broken/%s is disproven by nothing but its finding', async (folder) => {
    const { default: scenario, finding } = await importBroken(folder)
    const proof = await proving.proofOf(`broken/${folder}`)
    const findings = findingsOf(proof).map(withFixedTimes)
    const text = findings.map((entry) => describeFinding(entry).join('\n')).join('\n\n')
    expect(
      findings.map(({ kind }) => kind),
      text,
    ).toEqual([finding])
    expect([proof.verdict, proof.undecided]).toEqual(['disproven', undefined])
    const golden = `# ${scenario.name}\n\n${scenario.title}.\n\n\`\`\`\n${text}\n\`\`\`\n`
    await expect(golden).toMatchFileSnapshot(`./${folder}/finding.golden.md`)
  })
})

describe('each check can pass', () => {
  it('proves the healthy scenario on the same shop', async () => {
    const proof = await proving.proofOf('broken/healthy')
    expect([proof.verdict, findingsOf(proof), proof.undecided]).toEqual(['proven', [], undefined])
  })

  it('proves the healthy shop by the same contracts that find the broken ones', async () => {
    const proof = await proving.proofOf('broken/healthy-api')
    expect([proof.verdict, findingsOf(proof), proof.undecided]).toEqual(['proven', [], undefined])
    expect(proof.phases.map((result) => (result.outcome === 'passed' ? result.contracts : 0))).toEqual([2, 1])
  })

  it('proves phases that make a role, beside the replay of all migrations, which makes it too', async () => {
    const proof = await proving.proofOf('broken/healthy-roles')
    expect([proof.verdict, findingsOf(proof), proof.undecided]).toEqual(['proven', [], undefined])
  })

  it('proves phases in any order that their dependencies allow, whatever time and keys they write', async () => {
    const proof = await proving.proofOf('broken/healthy-order')
    expect([proof.verdict, findingsOf(proof), proof.undecided]).toEqual(['proven', [], undefined])
    const shown = proof.rehearsals?.filter(({ experiment }) => ['order', 'alternatives'].includes(experiment))
    expect(shown?.map(({ phase, outcome }) => [phase, outcome])).toEqual([
      [2, 'held'],
      [3, 'held'],
      [4, 'held'],
      [4, 'held'],
    ])
  })

  it.for(['healthy-resolved', 'healthy-rolled-back'])(
    'proves %s, whose phase has the tool record what it does not run',
    async (folder) => {
      const proof = await proving.proofOf(`broken/${folder}`)
      expect([proof.verdict, findingsOf(proof), proof.undecided]).toEqual(['proven', [], undefined])
    },
  )

  it('proves healthy-half-way, and says of each place where its deploys stop what leads on', async () => {
    const proof = await proving.proofOf('broken/healthy-half-way')
    expect([proof.verdict, findingsOf(proof), proof.undecided]).toEqual(['proven', [], undefined])
    const recipes = (proof.rehearsals ?? []).flatMap(({ recipes: own = [] }) => own)
    const between = recipes.filter(({ stopped }) => stopped.startsWith('after statement 1 of 2'))
    expect(between.map(({ migration, commands }) => [migration, ...commands])).toEqual([
      [
        '20260112090000_coupons',
        'prisma migrate resolve --rolled-back 20260112090000_coupons',
        'prisma migrate deploy',
      ],
      [
        '20260114090000_gifts',
        'psql -v ON_ERROR_STOP=1 -f scenarios/broken/healthy-half-way/phases/03-shop/rollback.sql',
        'prisma migrate deploy',
      ],
    ])
  })

  it('proves a table that is filled between the short locks of other migrations', async () => {
    const proof = await proving.proofOf('broken/healthy-long-fill')
    expect([proof.verdict, findingsOf(proof), proof.undecided]).toEqual(['proven', [], undefined])
  })

  it('proves a server that lives through its phase, and a rollback that keeps what was written meanwhile', async () => {
    const proof = await proving.proofOf('broken/healthy-live')
    expect([proof.verdict, findingsOf(proof), proof.undecided]).toEqual(['proven', [], undefined])
    const results = (proof.rehearsals ?? []).map(({ experiment, outcome }) => [experiment, outcome])
    for (const experiment of ['warm connections', 'under traffic', 'rollback after rows'])
      expect(results).toContainEqual([experiment, 'held'])
  })

  it('proves two phases that are undone one after another, one by a row that is marked as rolled back', async () => {
    const proof = await proving.proofOf('broken/healthy-undone')
    expect([proof.verdict, findingsOf(proof), proof.undecided]).toEqual(['proven', [], undefined])
    const chain = proof.rehearsals?.find(({ experiment }) => experiment === 'full rollback')
    expect(chain).toMatchObject({ phase: 2, outcome: 'held' })
  })

  it('proves a phase that nothing undoes but its backup', async () => {
    const proof = await proving.proofOf('broken/healthy-restored')
    expect([proof.verdict, findingsOf(proof), proof.undecided]).toEqual(['proven', [], undefined])
    const restore = proof.rehearsals?.find(({ experiment }) => experiment === 'restore')
    expect(restore).toMatchObject({ phase: 1, outcome: 'held' })
  })

  it('holds every kind of expectation in the healthy scenarios', async () => {
    const root = join(import.meta.dirname, '..', '..')
    const read = ['healthy', 'healthy-undone'].map((folder) => readScenario(`broken/${folder}`, root))
    const held = new Set(
      (await Promise.all(read))
        .flatMap((scenario) => scenario.phases.flatMap((phase) => expectationsOf(phase, scenario)))
        .map(({ kind }) => kind),
    )
    expect([...held].sort()).toEqual(Object.keys(allChecks).sort())
  })
})

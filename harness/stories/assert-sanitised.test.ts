import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { writeSnapshot } from '../capture/write-snapshot.ts'
import { toSha256 } from '../ground/file-digest.ts'
import { sealManifest } from '../ground/snapshot-format/seal-manifest.ts'
import type { HarnessError } from '../model/error.ts'
import type { SnapshotManifest } from '../model/snapshot.ts'
import { readSnapshot } from '../snapshot/read-snapshot.ts'
import { toExampleSource, withTemporaryFolder } from '../testing/example-source.ts'
import { assertSanitised } from './assert-sanitised.ts'

const POLICY = `format: 1
claims: none
reasons:
  needed: { reason: no person in it, owner: the data team, expires: 2031-01-01 }
tables:
  public.Ward:
    columns:
      id: { type: integer, rule: keep, because: needed }
      name: { type: text, rule: keep, because: needed }
  public.bed:
    columns:
      code: { type: text, rule: keep, because: needed }
      wardId: { type: integer, rule: keep, because: needed }
`

const CHECKS = ['forms of values', 'patterns of identifiers', 'raw values', 'changed columns']

/** Makes a captured snapshot, changes it, and gives the reasons for which it is refused. */
async function findReasons(
  change: (manifest: SnapshotManifest) => Partial<SnapshotManifest>,
  policy = POLICY,
  isSealed = true,
): Promise<readonly string[]> {
  return withTemporaryFolder(async (parent) => {
    const folder = join(parent, 'example')
    const sanitised = { method: 'masked by its policy', by: 'phaseproof' }
    await writeSnapshot(folder, toExampleSource({ sanitised }))
    // A second time, so that the policy is among the files of the digest.
    await writeFile(join(folder, 'policy.yaml'), policy)
    const { manifest } = await writeSnapshot(folder, toExampleSource({ sanitised }))
    const sha256 = toSha256(POLICY)
    const checks = CHECKS.map((name) => ({ name, passed: true, method: 'looked for', found: [] }))
    const captured: SnapshotManifest = {
      ...manifest,
      policy: { sha256, claims: 'none', lists: {}, columns: [] },
      leakProof: { passed: true, digest: manifest.digest, policy: sha256, checks },
    }
    const path = join(folder, 'manifest.json')
    const changed = { ...captured, ...change(captured) }
    await writeFile(path, isSealed ? sealManifest(changed).text : JSON.stringify(changed))
    expect(await readFile(path, 'utf8')).toContain('example')
    const error = (await assertSanitised(await readSnapshot(folder)).catch((thrown) => thrown)) as
      | HarnessError<'snapshot-unproven'>
      | undefined
    if (error === undefined) return []
    expect(error.code).toBe('snapshot-unproven')
    return error.context.reasons
  })
}

describe('assertSanitised', () => {
  it('accepts a captured snapshot with a passed leak proof', async () => {
    expect(await findReasons(() => ({}))).toEqual([])
  })

  it('refuses a captured snapshot whose manifest bears no seal', async () => {
    expect(await findReasons(() => ({}), POLICY, false)).toEqual(['its manifest bears no seal'])
  })

  it('accepts a snapshot of invented data as it is', async () => {
    await withTemporaryFolder(async (parent) => {
      await assertSanitised(await writeSnapshot(join(parent, 'example'), toExampleSource()))
    })
  })

  const proof = (manifest: SnapshotManifest) => manifest.leakProof as NonNullable<typeof manifest.leakProof>
  const refused: readonly {
    claim: string
    change: (manifest: SnapshotManifest) => object
    policy?: string
    reason: string
  }[] = [
    {
      claim: 'without a policy',
      change: () => ({ policy: undefined }),
      reason: 'it is neither of invented data nor captured with a policy',
    },
    {
      claim: 'that has a policy and says that it is invented',
      change: () => ({ sanitised: { method: 'invented', by: 'me' }, leakProof: undefined }),
      reason: 'it has no leak proof',
    },
    {
      claim: 'whose leak proof failed',
      change: (manifest) => ({ leakProof: { ...proof(manifest), passed: false } }),
      reason: 'its leak proof failed',
    },
    ...CHECKS.map((name) => ({
      claim: `whose leak proof lacks ${name}`,
      change: (manifest: SnapshotManifest) => ({
        leakProof: {
          ...proof(manifest),
          checks: proof(manifest).checks.filter((check) => check.name !== name),
        },
      }),
      reason: `its leak proof lacks ${name}`,
    })),
    {
      claim: 'whose leak proof counted no groups, which its policy asks for',
      change: () => ({}),
      policy: `${POLICY}quasiIdentifiers: [{ table: public.Ward, columns: [name], k: 2 }]\n`,
      reason: 'its leak proof lacks k-anonymity',
    },
    {
      claim: 'whose leak proof is about other files',
      change: (manifest) => ({ leakProof: { ...proof(manifest), digest: 'a'.repeat(64) } }),
      reason: 'its leak proof is about other files',
    },
    {
      claim: 'whose leak proof is about another policy',
      change: () => ({}),
      policy: `${POLICY}# one more line\n`,
      reason: 'its leak proof or its manifest is about another policy',
    },
    {
      claim: 'whose policy cannot be read',
      change: () => ({}),
      policy: 'format: 2\n',
      reason: 'its policy.yaml is missing or faulty',
    },
    {
      claim: 'whose policy does not know a column',
      change: () => ({}),
      policy: POLICY.replace(/ {6}name:.*\n/, ''),
      reason: 'its policy does not know column public.Ward.name',
    },
    {
      claim: 'whose policy does not know a table',
      change: () => ({}),
      policy: POLICY.slice(0, POLICY.indexOf('  public.bed')),
      reason: 'its policy does not know table public.bed',
    },
    {
      claim: 'that holds rows of a table to be left empty',
      change: () => ({}),
      policy: `${POLICY.slice(0, POLICY.indexOf('  public.bed'))}  public.bed: { empty: true }\n`,
      reason: 'its policy leaves public.bed empty, and it has rows',
    },
  ]
  it.each(refused)('refuses a snapshot $claim', async ({ change, policy, reason }) => {
    expect(await findReasons(change, policy)).toContain(reason)
  })
})

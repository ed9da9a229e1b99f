import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { checkSignature } from '../stories/signing/check-signature.ts'
import { readTrustedKeys, writeKeyPair } from '../stories/signing/keys.ts'
import { type Ended, runPhaseproof } from '../testing/run-phaseproof.ts'
import { makeShopProject } from '../testing/shop-project.ts'
import { query, withTestDatabase } from '../testing/with-test-database.ts'
import { openTool } from '../tool/tools.ts'
import '../vitest/provided.ts'

const role = `phaseproof_role_test_gate_cli_${process.pid}`
const project = makeShopProject()
const reports = (file: string) => join(project.root, 'reports/shop', file)
const run = (args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> =>
  runPhaseproof(args, undefined, { GIT_CEILING_DIRECTORIES: project.root, ...env }, project.root)

beforeAll(async () => {
  project.addScenario('shop')
  await query(inject('postgresUrl'), `CREATE ROLE ${role} LOGIN PASSWORD 'a secret'`)
  await query(inject('postgresUrl'), `GRANT pg_read_all_data, pg_read_all_stats TO ${role}`)
  const proven = await run(['prove', '1', '--quick', '--fresh', '--journal', '--postgres', 'embedded'])
  expect(proven.code, proven.stderr).toBe(0)
  writeKeyPair(join(project.root, 'ci'))
  writeKeyPair(join(project.root, 'stranger'))
  const signed = await run(['sign', 'reports/shop/phase-1.json', '--key', 'ci.pem'])
  expect(signed.code, signed.stderr).toBe(0)
})
afterAll(async () => {
  await query(inject('postgresUrl'), `DROP ROLE ${role}`)
  project.remove()
})

const signed = ['--key', 'ci.pub.pem', '--allow-quick']

/** Calls the command line about a production that nothing was applied to yet, by a role that can only read. */
function withTarget(use: (url: string, call: (...args: string[]) => Promise<Ended>) => Promise<void>) {
  return withTestDatabase(inject('postgresUrl'), async (url) => {
    const reader = Object.assign(new URL(url), { username: role, password: 'a secret' }).href
    const call = async (...args: string[]) => {
      const ended = await run([...args, '--target-env', 'TARGET'], { TARGET: reader })
      expect(ended.stdout + ended.stderr).not.toContain('secret')
      return ended
    }
    await use(url, call)
  })
}

describe('gate, verify and journal on the command line', () => {
  it('let a phase pass, see it applied, and tell it in the journal', async () => {
    await withTarget(async (url, call) => {
      const gated = await call('gate', '1', ...signed, '--sign-key', 'ci.pem')
      expect(gated.code, gated.stdout + gated.stderr).toBe(0)
      expect(gated.stdout).toContain('phase 1 may be applied to')
      const statement = readFileSync(reports('gate-1.json'), 'utf8')
      expect(JSON.parse(statement)).toMatchObject({
        predicateType: 'https://in-toto.io/attestation/svr/v0.2',
        predicate: {
          properties: expect.arrayContaining(['PHASEPROOF_GATE_ALLOWED', 'PHASEPROOF_GATE_CATALOG']),
        },
      })
      const bundle = readFileSync(reports('gate-1.sigstore.json'), 'utf8')
      const checked = await checkSignature(bundle, readTrustedKeys([join(project.root, 'ci.pub.pem')]))
      expect([checked.refusals, checked.payload]).toEqual([[], statement])

      const early = await call('verify', '1')
      expect([early.code, early.stdout]).toEqual([1, expect.stringContaining('table orders is missing')])
      const place = { scenario: 'shop', projectRoot: project.root, migrations: 'migrations/shop' }
      const tool = await openTool({ name: 'prisma', version: '7.3.0' }, place)
      const migrations = await tool.listMigrations(join(project.root, 'migrations/shop'), project.root)
      await tool.apply({ connectionString: url, migrations, expectedNew: [] })
      const verified = await call('verify', '1')
      expect(verified.code, verified.stdout + verified.stderr).toBe(0)
      const again = await call('gate', '1', ...signed)
      expect([again.code, again.stdout]).toEqual([1, expect.stringContaining('phase 1 is applied already')])
      const observed = await call('gate', '1', ...signed, '--observe')
      expect([observed.code, observed.stdout]).toEqual([0, expect.stringContaining('only observed')])

      await run(['journal', 'note', 'deployed | by hand', '--phase', '1', '--tick', 'logs'])
      const journal = await run(['journal'])
      expect(journal.code, journal.stdout).toBe(0)
      expect(journal.stdout).toContain('deployed \\| by hand')
      expect(journal.stdout).toMatch(/- \[x\] The logs of the application show no new errors/)
      expect(journal.stdout).toMatch(/- \[x\] All tables and columns are there — entry 4/)
      expect(journal.stdout).toMatch(/- \[ \] It is known where the backup lies/)
    })
  })

  it('refuse a proof that nobody signed, one that a stranger signed, and one that was changed after it', async () => {
    await withTarget(async (_url, call) => {
      const unsigned = await call('gate', '1')
      expect([unsigned.code, unsigned.stdout]).toEqual([1, expect.stringContaining('✗ signature')])
      const stranger = await call('gate', '1', '--key', 'stranger.pub.pem')
      expect(stranger.code).toBe(1)
      expect(stranger.stdout).toContain('stranger: Signed by')
      const file = reports('phase-1.json')
      const text = readFileSync(file, 'utf8')
      writeFileSync(file, text.replace('"limits": [', '"limits": ["x", '))
      const changed = await call('gate', '1', ...signed)
      expect([changed.code, changed.stdout]).toEqual([
        1,
        expect.stringContaining('is not the proof that was signed'),
      ])
      writeFileSync(file, text)
    })
  })

  it.for<[string, readonly string[], number, RegExp]>([
    ['no target', ['gate', '1', '--unsigned'], 2, /No target was named/],
    [
      'a target that is not there',
      ['gate', '1', '--unsigned', '--target', 'postgresql://u:hidden@127.0.0.1:1/d'],
      3,
      /Opening the target 127\.0\.0\.1:1\/d: .*ECONNREFUSED/,
    ],
  ])('end with a sentence for %s', async ([, args, code, says]) => {
    const ended = await run(args)
    expect([ended.code, ended.stderr]).toEqual([code, expect.stringMatching(says)])
    expect(ended.stderr).not.toContain('hidden')
  })
})

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { silentProgress } from '../../harness/model/ports.ts'
import type { Proof } from '../../harness/model/proof.ts'
import type { Scenario } from '../../harness/model/scenario.ts'
import { type OpenServer, openDatabases } from '../../harness/postgres/databases.ts'
import { openCheckpoints } from '../../harness/stories/checkpoints.ts'
import { proveInProcess } from '../../harness/stories/prove-in-process.ts'
import scenario from './migration-failed-order/scenario.ts'
import '../../harness/vitest/provided.ts'

const projectRoot = join(import.meta.dirname, '..', '..')
let server: OpenServer
let cacheFolder: string

beforeAll(async () => {
  server = await openDatabases(inject('postgresAddress'))
  cacheFolder = await mkdtemp(join(tmpdir(), 'phaseproof-order-'))
})

afterAll(async () => {
  await server.close()
  await rm(cacheFolder, { recursive: true, force: true })
})

/** The same folder under another version, its phase listing the migrations in this order. */
async function proveUnder(version: string, migrations: readonly string[]): Promise<Proof> {
  const phases = scenario.phases.map((phase) => ({ ...phase, migrations }))
  const under: Scenario = { ...scenario, tool: { name: 'prisma', version }, phases }
  try {
    return await proveInProcess(
      { scenario: under, upTo: 1, fresh: false, strict: false, keep: 'nothing', experiments: [] },
      {
        server,
        projectRoot,
        reportsFolder: join(cacheFolder, 'reports'),
        cacheFolder,
        progress: silentProgress,
      },
    )
  } finally {
    await openCheckpoints(server, scenario.name, cacheFolder).forgetAllBut([])
  }
}

const byBytes = ['20260112_Coupons', '20260112_add_code']
const byLocale = byBytes.toReversed()

describe('one folder under two versions of a tool', () => {
  it('is proven in the order of the one', async () => {
    const proof = await proveUnder('6.5.0', byBytes)
    expect(proof.verdict).toBe('proven')
    expect(proof.about.tool).toEqual({
      name: 'prisma',
      version: '6.5.0',
      order: 'bytes',
      transactionRule: 'one-batch',
    })
    expect(proof.limits).toContainEqual(expect.stringContaining('by the bytes of their names'))
  })

  it('is disproven in the order of the other', async () => {
    const proof = await proveUnder('7.10.0', byLocale)
    expect(proof.verdict).toBe('disproven')
    expect(proof.phases[0]).toMatchObject({
      findings: [
        { kind: 'migration-failed', failure: { migration: '20260112_add_code', sqlstate: '42P01' } },
      ],
    })
    expect(proof.about.tool).toMatchObject({ version: '7.10.0', order: 'locale en-US' })
    expect(proof.limits).toContainEqual(expect.stringContaining('in the order of the locale en-US'))
  })

  it.for([
    ['6.5.0', byLocale, 'Prisma 6.5.0 will not take: it goes by the bytes of the folder names'],
    [
      '7.10.0',
      byBytes,
      'Prisma 7.10.0 will not take: it goes by the folder names, sorted as the locale en-US',
    ],
  ] as const)('is refused under %s when the phase lists the other order', async ([version, names, fault]) => {
    await expect(proveUnder(version, names)).rejects.toMatchObject({
      code: 'plan-invalid',
      context: { faults: [expect.stringContaining(fault)] },
    })
  })
})

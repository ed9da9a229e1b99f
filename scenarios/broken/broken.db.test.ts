import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { allChecks } from '../../harness/judge/all-checks.ts'
import { expectationsOf } from '../../harness/judge/expectations-of.ts'
import { silentProgress } from '../../harness/model/ports.ts'
import type { Proof } from '../../harness/model/proof.ts'
import type { Scenario } from '../../harness/model/scenario.ts'
import { type OpenServer, openDatabases } from '../../harness/postgres/databases.ts'
import { describeFinding } from '../../harness/proof/describe-finding.ts'
import { openCheckpoints } from '../../harness/stories/checkpoints.ts'
import { prove } from '../../harness/stories/prove.ts'
import { importBroken, listBroken } from './list-broken.ts'
import '../../harness/vitest/provided.ts'

const projectRoot = join(import.meta.dirname, '..', '..')
let server: OpenServer
let cacheFolder: string

beforeAll(async () => {
  server = await openDatabases(inject('postgresAddress'))
  cacheFolder = await mkdtemp(join(tmpdir(), 'phaseproof-broken-'))
})

afterAll(async () => {
  await server.close()
  await rm(cacheFolder, { recursive: true, force: true })
})

async function proveAll(scenario: Scenario): Promise<Proof> {
  try {
    return await prove(
      { scenario, upTo: scenario.phases.length, fresh: true, strict: false, keep: 'nothing' },
      { server, projectRoot, cacheFolder, progress: silentProgress },
    )
  } finally {
    await openCheckpoints(server, scenario.name, cacheFolder).forgetAllBut([])
  }
}

function findingsOf(proof: Proof) {
  return proof.phases.flatMap((result) => (result.outcome === 'failed' ? result.findings : []))
}

// What a server answers is not seen in a replay: `broken-api.db.test.ts` has those.
const faulty = listBroken().filter((folder) => !/^(healthy|contract-|endpoint-|earlier-server-)/.test(folder))

describe('each check can fail', () => {
  it.for(faulty)('broken/%s is disproven by nothing but its finding', async (folder) => {
    const { default: scenario, finding } = await importBroken(folder)
    const proof = await proveAll(scenario)
    const findings = findingsOf(proof)
    const text = findings.map((entry) => describeFinding(entry).join('\n')).join('\n\n')
    expect(proof.verdict).toBe('disproven')
    expect(
      findings.map(({ kind }) => kind),
      text,
    ).toEqual([finding])
    const golden = `# ${scenario.name}\n\n${scenario.title}.\n\n\`\`\`\n${text}\n\`\`\`\n`
    await expect(golden).toMatchFileSnapshot(`./${folder}/finding.golden.md`)
  })
})

describe('each check can pass', () => {
  it('proves the healthy scenario on the same shop', async () => {
    const { default: scenario } = await importBroken('healthy')
    const proof = await proveAll(scenario)
    expect(findingsOf(proof)).toEqual([])
    expect(proof.verdict).toBe('proven')
  })

  it('holds every kind of expectation in the healthy scenario', async () => {
    const { default: scenario } = await importBroken('healthy')
    const held = new Set(
      scenario.phases.flatMap((phase) => expectationsOf(phase, scenario)).map(({ kind }) => kind),
    )
    expect([...held].sort()).toEqual(Object.keys(allChecks).sort())
  })
})

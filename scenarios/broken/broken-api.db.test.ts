import { execFile } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import type { Proof } from '../../harness/model/proof.ts'
import { describeFinding } from '../../harness/proof/describe-finding.ts'
import { importBroken, listBroken } from './list-broken.ts'

/** As a person proves it: the contracts run in Vitest, which can't run in itself. */
async function prove(folder: string): Promise<{ readonly code: unknown; readonly proof: Proof }> {
  const { PHASEPROOF_RUN: _run, VITEST: _vitest, ...env } = process.env
  const args = ['prove', 'all', '--scenario', `broken/${folder}`, '--postgres', 'embedded', '--json']
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      ['--import', 'tsx', 'harness/cli/main.ts', ...args],
      { env: { ...env, CI: 'true' }, maxBuffer: 2 ** 26 },
      (error, stdout, stderr) => {
        if (stdout === '') reject(new Error(stderr))
        else resolve({ code: error?.code ?? 0, proof: JSON.parse(stdout) as Proof })
      },
    )
  })
}

const faulty = listBroken().filter((folder) => /^(contract|endpoint|earlier-server)-/.test(folder))

describe('each check of the API can fail', () => {
  it.for(faulty)('broken/%s is disproven by nothing but its finding', async (folder) => {
    const { default: scenario, finding } = await importBroken(folder)
    const { code, proof } = await prove(folder)
    const findings = proof.phases.flatMap((result) => (result.outcome === 'failed' ? result.findings : []))
    const text = findings.map((entry) => describeFinding(entry).join('\n')).join('\n\n')
    expect(
      findings.map(({ kind }) => kind),
      text,
    ).toEqual([finding])
    expect([proof.verdict, code]).toEqual(['disproven', 1])
    const golden = `# ${scenario.name}\n\n${scenario.title}.\n\n\`\`\`\n${text}\n\`\`\`\n`
    await expect(golden).toMatchFileSnapshot(`./${folder}/finding.golden.md`)
  })
})

describe('each check of the API can pass', () => {
  it('proves the healthy shop with the same contracts', async () => {
    const { code, proof } = await prove('healthy-api')
    expect([proof.verdict, code]).toEqual(['proven', 0])
    expect(proof.phases.map((result) => (result.outcome === 'passed' ? result.contracts : 0))).toEqual([2, 1])
  })
})

import { spawn } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import type { Finding } from '../../harness/model/finding.ts'
import type { Proof } from '../../harness/model/proof.ts'
import { describeFinding } from '../../harness/proof/describe-finding.ts'
import { importBroken, listBroken } from './list-broken.ts'

const root = process.cwd()
const faulty = listBroken().filter((folder) => /^(contract-|endpoint-|earlier-server-)/.test(folder))

/** Proves a scenario as a person does, with its servers: the proof, or what was said instead. */
async function prove(folder: string): Promise<{ code: number | null; proof: Proof | null; said: string }> {
  const { PHASEPROOF_RUN: _run, VITEST: _vitest, ...env } = process.env
  const args = ['prove', 'all', '--scenario', `broken/${folder}`, '--postgres', 'embedded', '--json']
  const child = spawn(process.execPath, ['--import', 'tsx', 'harness/cli/main.ts', ...args], {
    cwd: root,
    env: { ...env, CI: 'true', NO_COLOR: '1' },
  })
  const texts = { stdout: '', stderr: '' }
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      texts[stream] += text
    })
  }
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  return { code, proof: texts.stdout === '' ? null : (JSON.parse(texts.stdout) as Proof), said: texts.stderr }
}

function findingsOf(proof: Proof | null): readonly Finding[] {
  return proof?.phases.flatMap((result) => (result.outcome === 'failed' ? result.findings : [])) ?? []
}

describe('each check of what a server answers can fail', () => {
  it.for(faulty)('broken/%s is disproven by nothing but its finding', async (folder) => {
    const { default: scenario, finding } = await importBroken(folder)
    const { code, proof, said } = await prove(folder)
    const findings = findingsOf(proof)
    const text = findings.map((entry) => describeFinding(entry).join('\n')).join('\n\n')
    expect(
      findings.map(({ kind }) => kind),
      `${text}${said}`,
    ).toEqual([finding])
    expect(code).toBe(1)
    const golden = `# ${scenario.name}\n\n${scenario.title}.\n\n\`\`\`\n${text}\n\`\`\`\n`
    await expect(golden).toMatchFileSnapshot(`./${folder}/finding.golden.md`)
  })
})

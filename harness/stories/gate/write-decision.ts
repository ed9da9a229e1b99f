import { existsSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { toSha256 } from '../../ground/file-digest.ts'
import type { GateDecision } from '../../model/gate.ts'
import { toGateStatement } from '../../proof/gate/to-gate-statement.ts'
import { HARNESS_VERSION } from '../harness-version.ts'
import { replaceFile } from '../proof-files.ts'
import { waiverFile } from './read-waivers.ts'

/** Turns the text of a statement into a signed bundle. */
type SignStatement = (statement: string) => Promise<string>

/**
 * Writes what a gate decided to `reports/<scenario>/gate-N.json`, and its signed bundle beside it where there is a key.
 * @returns the files, from the project's root
 */
export async function writeDecision(
  decision: GateDecision,
  projectRoot: string,
  sign: SignStatement | null,
): Promise<readonly string[]> {
  const { scenario, phase } = decision
  const waivers = join(projectRoot, 'scenarios', scenario, waiverFile)
  const policies = existsSync(waivers)
    ? [{ name: waiverFile, digest: { sha256: toSha256(readFileSync(waivers, 'utf8')) } }]
    : []
  const version = HARNESS_VERSION.split(' ')[1] ?? 'unknown'
  const text = `${JSON.stringify(toGateStatement(decision, version, policies), null, 2)}\n`
  const file = join(projectRoot, 'reports', scenario, `gate-${phase}.json`)
  replaceFile(file, text)
  const written = [file]
  if (sign !== null) {
    const bundle = file.replace(/\.json$/, '.sigstore.json')
    replaceFile(bundle, await sign(text))
    written.push(bundle)
  }
  return written.map((path) => relative(projectRoot, path))
}

import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { toSha256 } from '../../ground/file-digest.ts'
import type { GateDecision } from '../../model/gate.ts'
import { toGateStatement } from '../../proof/gate/to-gate-statement.ts'
import { HARNESS_VERSION } from '../harness-version.ts'
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

function replaceFile(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true })
  const beside = `${file}.${process.pid}.new`
  writeFileSync(beside, text)
  renameSync(beside, file)
}

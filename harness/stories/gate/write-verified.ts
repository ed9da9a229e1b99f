import { join } from 'node:path'
import type { Verified } from '../../model/gate.ts'
import { replaceFile } from '../proof-files.ts'

/**
 * Writes how a target stood after a phase to `reports/<scenario>/verify-N.json`.
 * @returns the file, from the project's root
 */
export function writeVerified(projectRoot: string, verified: Verified): string {
  const file = `reports/${verified.scenario}/verify-${verified.phase}.json`
  replaceFile(join(projectRoot, file), `${JSON.stringify(verified, null, 2)}\n`)
  return file
}

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { HarnessError } from '../model/error.ts'
import type { Promises } from '../model/promises.ts'
import type { Proof } from '../model/proof.ts'
import { toPromises } from '../proof/compare-promises.ts'

/** File name of a scenario's promises, in its folder. */
export const promiseFile = 'promises.json'

/**
 * What the committed proof of a scenario promised; null where nobody wrote it down.
 * @throws plan-invalid when the file is none of ours
 */
export function readPromises(projectRoot: string, scenario: string): Promises | null {
  const file = toFile(projectRoot, scenario)
  if (!existsSync(file)) return null
  try {
    const read = JSON.parse(readFileSync(file, 'utf8')) as Partial<Promises>
    if (read.format === 1 && read.phases && Array.isArray(read.limits)) return read as Promises
  } catch {
    // Said below: a file that is no JSON is none of ours either.
  }
  throw new HarnessError(
    'plan-invalid',
    `${file} does not hold what a proof promised.`,
    'Restore it from the repository, or write it anew: prove all --record-promises.',
    { scenario, faults: [`${promiseFile} is unreadable`] },
  )
}

/** Writes down what a proof promises, to be committed; returns the file. */
export function writePromises(projectRoot: string, proof: Proof): string {
  const file = toFile(projectRoot, proof.scenario)
  writeFileSync(file, `${JSON.stringify(toPromises(proof), null, 2)}\n`)
  return file
}

function toFile(projectRoot: string, scenario: string): string {
  return join(projectRoot, 'scenarios', scenario, promiseFile)
}

import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { toSha256 } from '../ground/file-digest.ts'
import type { ProofStates } from '../model/database-state.ts'
import { HarnessError } from '../model/error.ts'
import type { Scenario } from '../model/scenario.ts'
import { toProofFile, toStatesFile } from '../proof/proof-file.ts'
import { listProofs, readProof } from './proof-files.ts'
import type { PageOf } from './write-page.ts'

/**
 * Reads the proof of an earlier run, and the states beside it: that of phases 1 to `upTo`, else the one that was decided last.
 * @throws usage when there is none, it cannot be read, or its states are not those that it names
 */
export function readReported(
  scenario: Scenario,
  upTo: number | undefined,
  { reportsFolder, projectRoot }: { readonly reportsFolder: string; readonly projectRoot: string },
): PageOf {
  const files =
    upTo === undefined
      ? listProofs(reportsFolder, scenario.name, false)
      : [toProofFile(reportsFolder, scenario.name, upTo, { isScaled: false })]
  const read = files.flatMap((file) => {
    const proof = readProof(file)
    return proof?.format === 1 && proof.scenario === scenario.name ? [{ file, proof }] : []
  })
  const latest = read.toSorted((one, other) => other.proof.takenAt.localeCompare(one.proof.takenAt))[0]
  const which = upTo === undefined ? 'any phase' : `phases 1 to ${upTo}`
  const again = `Run: phaseproof prove ${upTo ?? 'all'} --scenario ${scenario.name}`
  if (!latest)
    throw refuse(
      `Looked for a proof of ${which} of ${scenario.name} in ${relative(projectRoot, reportsFolder) || '.'}; found none that can be read.`,
      again,
    )
  const { file, proof } = latest
  if (proof.states === undefined) return { proof, states: null, scenario }
  const states = readStates(toStatesFile(file), proof.states)
  if (states === null)
    throw refuse(
      `Read the states beside ${relative(projectRoot, file)}; they are missing, or not those that the proof names by their digest.`,
      again,
    )
  return { proof, states, scenario }
}

function readStates(file: string, digest: string): ProofStates | null {
  try {
    const text = readFileSync(file, 'utf8')
    return toSha256(text) === digest ? (JSON.parse(text) as ProofStates) : null
  } catch {
    return null
  }
}

function refuse(message: string, remedy: string): HarnessError {
  return new HarnessError('usage', message, remedy, { faults: [message] })
}

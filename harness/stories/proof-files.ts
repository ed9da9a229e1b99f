import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { ProofStates } from '../model/database-state.ts'
import type { Proof } from '../model/proof.ts'
import { toBundleFile, toPageFile, toProofFile, toStatementFile, toStatesFile } from '../proof/proof-file.ts'

/** A run that is about to begin. */
interface ComingRun {
  readonly scenario: string
  readonly upTo: number | 'all'
  /** Rows are multiplied: such proofs stand beside those on the snapshot as it is. */
  readonly isScaled: boolean
}

/**
 * Removes the proof that a run is about to replace. A run of all phases removes every proof of the scenario, because
 * it says something newer about each phase. The page to read goes in any case.
 */
export function forgetProof(reportsFolder: string, { scenario, upTo, isScaled }: ComingRun): void {
  // This comes before anything can fail: a run that ends early must not leave an older verdict standing.
  const files =
    upTo === 'all'
      ? listProofs(reportsFolder, scenario, isScaled)
      : [toProofFile(reportsFolder, scenario, upTo, { isScaled })]
  for (const file of files) removeProof(file)
  rmSync(toPageFile(reportsFolder, scenario, { isScaled }), { force: true })
}

/**
 * Writes a verdict to where it is looked for, and removes every proof that it contradicts: those that call a phase proven in which
 * this run has a finding, and those that nobody can read. Nothing is written when nothing was decided.
 * @param beside texts of the states that the proof names by their digest, and of its statement; empty for none
 * @returns the file, absolute
 */
export function writeProof(
  reportsFolder: string,
  proof: Proof,
  { states = '', statement = '' }: { readonly states?: string; readonly statement?: string } = {},
): string | null {
  if (proof.verdict === 'undecided') return null
  const isScaled = proof.about.scaled !== null
  const disproven = proof.phases.filter(({ outcome }) => outcome === 'failed').map(({ phase }) => phase)
  for (const file of disproven.length > 0 ? listProofs(reportsFolder, proof.scenario, isScaled) : []) {
    const other = readProof(file)
    const isContradicted = other?.verdict === 'proven' && other.upTo >= Math.min(...disproven)
    if (other === null || isContradicted) removeProof(file)
  }
  const file = toProofFile(reportsFolder, proof.scenario, proof.upTo, { isScaled })
  // The proof comes last: whoever finds it finds the states that it names.
  if (states !== '') replaceFile(toStatesFile(file), states)
  // A signature is of one statement: beside another it would only look like one.
  rmSync(toBundleFile(file), { force: true })
  if (statement !== '') replaceFile(toStatementFile(file), statement)
  replaceFile(file, `${JSON.stringify(proof, null, 2)}\n`)
  return file
}

/** The states as they are written, so that their digest is that of the file. */
export function toStatesText(states: ProofStates | null): string {
  return states === null ? '' : `${JSON.stringify(states)}\n`
}

/** Writes the whole of a file or nothing. */
export function replaceFile(file: string, text: string): void {
  // A run that is killed, or has no room, leaves no beginning of a proof, which says proven in its fourth line.
  mkdirSync(dirname(file), { recursive: true })
  const beside = `${file}.${process.pid}.new`
  writeFileSync(beside, text)
  renameSync(beside, file)
}

function removeProof(file: string): void {
  rmSync(file, { force: true })
  for (const beside of [toStatesFile(file), toStatementFile(file), toBundleFile(file)])
    rmSync(beside, { force: true })
}

/** A proof as it was written; null for what is none, whatever cut it short. */
export function readProof(file: string): Proof | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Proof
  } catch {
    return null
  }
}

/** The proofs of a scenario that are there, on multiplied rows or on the snapshot as it is. */
export function listProofs(reportsFolder: string, scenario: string, isScaled: boolean): string[] {
  const folder = dirname(toProofFile(reportsFolder, scenario, 1, { isScaled }))
  const name = isScaled ? /^phase-\d+\.scaled\.json$/ : /^phase-\d+\.json$/
  try {
    return readdirSync(folder)
      .filter((file) => name.test(file))
      .map((file) => join(folder, file))
  } catch {
    return []
  }
}

import type { ProofStates } from '../model/database-state.ts'
import type { Proof } from '../model/proof.ts'
import { toPageFile } from '../proof/proof-file.ts'
import type { Reported } from '../proof/report/render-report.ts'
import { replaceFile } from './proof-files.ts'

/** A proof with what a page tells beside it. */
export interface PageOf {
  readonly proof: Proof
  readonly states: ProofStates | null
  readonly scenario: Reported
}

/**
 * Writes a proof as a page to read, in the place of that of an earlier run.
 * @returns the file, absolute
 */
export async function writePage(reportsFolder: string, { proof, states, scenario }: PageOf): Promise<string> {
  // What lays out diagrams is loaded only once there is something to draw.
  const { renderPage } = await import('../proof/html/render-page.ts')
  const file = toPageFile(reportsFolder, proof.scenario, { isScaled: proof.about.scaled !== null })
  replaceFile(file, renderPage(proof, states, scenario))
  return file
}

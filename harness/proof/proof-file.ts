/** Where the proof of phases 1..`upTo` of a scenario stands; one about multiplied rows never takes the place of the snapshot's own. */
export function toProofFile(
  reportsFolder: string,
  scenario: string,
  upTo: number,
  { isScaled }: { readonly isScaled: boolean },
): string {
  return `${reportsFolder}/${scenario}/phase-${upTo}${isScaled ? '.scaled' : ''}.json`
}

/** Where the states that a proof leads through stand: beside it. */
export function toStatesFile(proofFile: string): string {
  return proofFile.replace(/\.json$/, '.states.json')
}

/** Where the statement of a proof stands: beside it. */
export function toStatementFile(proofFile: string): string {
  return proofFile.replace(/\.json$/, '.proof.json')
}

/** Where the signed statement of a proof stands, as a Sigstore bundle: beside it. */
export function toBundleFile(proofFile: string): string {
  return proofFile.replace(/\.json$/, '.proof.sigstore.json')
}

/** Where the latest verdict on a scenario stands as a page to read. */
export function toPageFile(
  reportsFolder: string,
  scenario: string,
  { isScaled }: { readonly isScaled: boolean },
): string {
  return `${reportsFolder}/${scenario}/index${isScaled ? '.scaled' : ''}.html`
}

/** Where the proof of phases 1..`upTo` of a scenario stands; one about multiplied rows never takes the place of the snapshot's own. */
export function toProofFile(
  projectRoot: string,
  scenario: string,
  upTo: number,
  { isScaled }: { readonly isScaled: boolean },
): string {
  return `${projectRoot}/reports/${scenario}/phase-${upTo}${isScaled ? '.scaled' : ''}.json`
}

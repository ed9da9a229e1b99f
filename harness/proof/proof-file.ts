/** Where the proof of phases 1..`upTo` of a scenario stands. */
export function toProofFile(projectRoot: string, scenario: string, upTo: number): string {
  return `${projectRoot}/reports/${scenario}/phase-${upTo}.json`
}

import type { Promises } from '../model/promises.ts'
import type { Proof } from '../model/proof.ts'

/** What a proof promises, to be committed beside its scenario. Phases that were not judged are left out. Pure. */
export function toPromises(proof: Proof): Promises {
  const judged = proof.phases.filter((result) => result.outcome !== 'not-run')
  return {
    format: 1,
    phases: Object.fromEntries(
      judged.map(({ name, expectations, contracts }) => [name, { expectations, contracts }]),
    ),
    limits: [...new Set(proof.limits.map(toShape))].sort(),
    ...(proof.accepted === undefined ? {} : { accepted: proof.accepted.toSorted() }),
  }
}

/**
 * What a proof promises less than the committed one, in sentences; each becomes a limit. Pure.
 * @param isWhole the proof is about all phases with their contracts: only then a missing phase and a new limit say anything
 */
export function comparePromises(promises: Promises, proof: Proof, isWhole: boolean): string[] {
  const fewer = Object.entries(promises.phases).flatMap(([name, promised]) => {
    const found = proof.phases.find((result) => result.name === name)
    if (!found) return isWhole ? [`Phase ${name} was promised and is gone.`] : []
    // What failed is red already, and a failed migration leaves most of its phase unjudged.
    if (found.outcome !== 'passed') return []
    return (['expectations', 'contracts'] as const)
      .filter((what) => found[what] < promised[what])
      .map((what) => `Phase ${name} was promised with ${what}: ${promised[what]}; it has ${found[what]}.`)
  })
  const known = new Set(promises.limits)
  const added = isWhole ? proof.limits.filter((limit) => !known.has(toShape(limit))) : []
  const more = (proof.accepted ?? []).filter((name) => !promises.accepted?.includes(name))
  return [
    ...fewer,
    ...more.map(
      (name) =>
        `The promised proof did not accept this difference; known-differences.json may only become shorter: ${name}`,
    ),
    ...added.map((limit) => `This was not a limit of the promised proof: ${limit}`),
  ]
}

/** A limit without what changes from run to run: figures, and the names behind a colon. */
function toShape(limit: string): string {
  return limit.replace(/:.*$/s, ':').replaceAll(/\d[\d.,]*/g, '#')
}

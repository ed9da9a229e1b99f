import { toSha256 } from '../../ground/file-digest.ts'
import { toCanonicalJson } from '../../ground/to-canonical-json.ts'
import type { Scenario } from '../../model/scenario.ts'

/** SHA-256 of a scenario as data, as far as phases 1 to `upTo` follow from it, hex. */
export function toPlanDigest(scenario: Scenario, upTo: number): string {
  const { alternatives = [], phases, ...rest } = scenario
  const soFar = phases.slice(0, upTo)
  const named = upTo < phases.length ? [] : alternatives
  return toSha256(toCanonicalJson({ ...rest, phases: soFar, alternatives: named }))
}

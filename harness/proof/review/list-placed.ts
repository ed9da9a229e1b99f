import { redact } from '../../ground/redact.ts'
import type { Finding } from '../../model/finding.ts'
import type { Proof } from '../../model/proof.ts'
import { toWords } from '../describe-finding.ts'
import { groupByCause, nameSubject } from '../group-by-cause.ts'
import { type FindingPlace, toFindingPlace } from './finding-place.ts'

/** A finding as it is shown beside code, those of the same cause counted with it. */
export interface PlacedFinding extends FindingPlace {
  readonly finding: Finding
  /** One line. */
  readonly title: string
  /** What was expected, found and mends it, in lines. */
  readonly text: string
}

/** The findings of a proof by cause, each with its place and its words, without secrets. Pure. */
export function listPlaced(proof: Proof): readonly PlacedFinding[] {
  return proof.phases.flatMap((result) => {
    if (result.outcome !== 'failed') return []
    return groupByCause(result.findings).map(({ cause: finding, effects }) => {
      const { says, expected, found, cause, left = [], next } = toWords(finding)
      const lines = [
        expected !== undefined && `Expected: ${expected}`,
        found !== undefined && `Found: ${found}`,
        cause !== undefined && `Cause: ${cause}`,
        left.length > 0 && `Left: ${left.join('; ')}`,
        `Mend: ${next}`,
        effects.length > 0 && `Of the same cause: ${[...new Set(effects.map(nameSubject))].join(', ')}`,
      ]
      return {
        finding,
        ...toFindingPlace(finding, result, proof.scenario),
        title: redact(`Phase ${result.phase}: ${says}`.replaceAll(/\s+/g, ' ')),
        text: redact(
          lines.flatMap((line) => (line === false ? [] : [line.replaceAll(/\s*\n\s*/g, '; ')])).join('\n'),
        ),
      }
    })
  })
}

import type { Finding } from '../../model/finding.ts'
import type { PhaseResult } from '../../model/proof.ts'

/** Where a finding can be shown beside code. */
export interface FindingPlace {
  /** Path relative to the project root. */
  readonly file: string
  /** 1-based. */
  readonly line: number
}

/**
 * Where a finding points: the statement that failed or was skipped, the file that it names, else the phase that states what does not hold. Pure.
 * @param scenario name of the folder under `scenarios/`
 */
export function toFindingPlace(
  finding: Finding,
  phase: Pick<PhaseResult, 'name'>,
  scenario: string,
): FindingPlace {
  const { failure, file, line, stop, skippedBy, collisions } = finding as Partial<Record<string, unknown>>
  const named = [
    toPlace(failure),
    isRecord(stop) ? (toPlace(stop.failure) ?? toPlace({ file, line: stop.line })) : null,
    toPlace({ file, line }),
    parsePlace(skippedBy),
    Array.isArray(collisions) ? parsePlace(/ at (.+)$/.exec(String(collisions[0]))?.[1]) : null,
  ]
  return (
    named.find((place) => place !== null) ?? {
      file: `scenarios/${scenario}/phases/${phase.name}/phase.ts`,
      line: 1,
    }
  )
}

function toPlace(value: unknown): FindingPlace | null {
  if (!isRecord(value) || typeof value.file !== 'string' || value.file === '') return null
  // What several lines are to blame for, or none, is shown where the file begins.
  return { file: value.file, line: typeof value.line === 'number' && value.line > 0 ? value.line : 1 }
}

function parsePlace(text: unknown): FindingPlace | null {
  const [, file = '', line = ''] = (typeof text === 'string' && /^(.+):(\d+)$/.exec(text)) || []
  return file === '' ? null : { file, line: Math.max(1, Number(line)) }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

import type { PhaseEvidence } from '../../model/checkpoint.ts'
import type { Phase } from '../../model/scenario.ts'

type ReachingEvidence = Pick<PhaseEvidence, 'outside' | 'migrations'>

/** Statements that reach beyond their database: on a clone they would take roles from the other databases of the run. */
const BEYOND = /\b(CREATE|ALTER|DROP)\s+(ROLE|USER|GROUP|SYSTEM|DATABASE|TABLESPACE)\b/i

/** Why a rollback was not rehearsed, as part of a sentence; null when nothing is in the way. */
export function whyUnrehearsed(phase: Phase, evidence: ReachingEvidence): string | null {
  const isBeyond = phase.rollback !== undefined && reachesBeyond(phase.rollback.sql)
  if (isBeyond || whyNotDeployed(phase, evidence) !== null)
    return 'it or its phase changes what all databases of the server share'
  return null
}

/** Why a phase is not deployed on clones, as part of a sentence; null when nothing is in the way. */
export function whyNotDeployed(
  { migrations }: Phase,
  { outside = [], migrations: files }: ReachingEvidence,
): string | null {
  const applied = files.filter(({ name }) => migrations.includes(name))
  const isBeyond = outside.length > 0 || applied.some(({ sql }) => reachesBeyond(sql))
  return isBeyond ? 'it changes what all databases of the server share' : null
}

function reachesBeyond(sql: string): boolean {
  return BEYOND.test(withoutTexts(sql))
}

const PARTS =
  /--[^\n]*|\/\*[\s\S]*?\*\/|\bE'(?:[^'\\]|\\.|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|(\$\w*\$)[\s\S]*?\1/gi

/** Without comments and texts, which may speak of anything; what a block does may stand in its texts. */
function withoutTexts(sql: string): string {
  return sql.replace(PARTS, (part) => (/^["$]/.test(part) ? part : ' '))
}

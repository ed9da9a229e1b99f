import type { PhaseEvidence } from '../../model/checkpoint.ts'
import type { Phase } from '../../model/scenario.ts'

/** Statements that reach beyond their database: on a clone they would take roles from the other databases of the run. */
const BEYOND = /\b(CREATE|ALTER|DROP)\s+(ROLE|USER|GROUP|SYSTEM|DATABASE|TABLESPACE)\b/i

/** Why a rollback was not rehearsed, as part of a sentence; null when nothing is in the way. */
export function whyUnrehearsed(
  { rollback, migrations }: Phase,
  { outside = [], migrations: files }: Pick<PhaseEvidence, 'outside' | 'migrations'>,
): string | null {
  const applied = files.filter(({ name }) => migrations.includes(name))
  const isBeyond = [rollback?.sql ?? '', ...applied.map(({ sql }) => sql)].some((sql) =>
    BEYOND.test(withoutTexts(sql)),
  )
  if (outside.length > 0 || isBeyond) return 'it or its phase changes what all databases of the server share'
  return null
}

const PARTS =
  /--[^\n]*|\/\*[\s\S]*?\*\/|\bE'(?:[^'\\]|\\.|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|(\$\w*\$)[\s\S]*?\1/gi

/** Without comments and texts, which may speak of anything; what a block does may stand in its texts. */
function withoutTexts(sql: string): string {
  return sql.replace(PARTS, (part) => (/^["$]/.test(part) ? part : ' '))
}

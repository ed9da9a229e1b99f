import { listStatements } from '../../ground/sql/list-statements.ts'
import type { Said, Unread, WrittenPhase } from './written-plan.ts'

/** Names that a plan writes where a person is to put the real one. */
const placeholder =
  /\.\.\.|…|<[A-Za-z][\w -]*>|\{\{|\b(?:table|column|migration|index|constraint)_?name\b|\byour_\w+|\b(?:table|column)\d\b|YYYY|\bxxx+\b/i

/** Splits the SQL of a phase into what can be run and what cannot, which is told: names to be filled in, or no SQL to Postgres' parser. */
export async function readSql(
  phase: WrittenPhase,
): Promise<{ phase: WrittenPhase; unread: readonly Unread[] }> {
  const unread: Unread[] = []
  const toWhole = async (said: readonly Said[]) => {
    const whole: Said[] = []
    for (const one of said) {
      const reason = await whyUnreadable(one.text)
      if (reason === null) whole.push(one)
      else unread.push({ line: one.line, what: `phase ${phase.number}: SQL ${reason}` })
    }
    return whole
  }
  const rollbackSql = await toWhole(phase.rollbackSql)
  const lost = phase.rollbackSql.filter((one) => !rollbackSql.includes(one))
  const rollbackWords = [
    ...phase.rollbackWords,
    ...lost.map((one) => ({ ...one, text: `the SQL of line ${one.line}` })),
  ]
  const queries = await toWhole(phase.queries)
  return {
    phase: {
      ...phase,
      rollbackSql,
      rollbackWords,
      queries: (await Promise.all(queries.map(toQueries))).flat(),
    },
    unread,
  }
}

async function whyUnreadable(sql: string): Promise<string | null> {
  const [gap] = placeholder.exec(sql) ?? []
  if (gap !== undefined) return `with something to fill in: ${gap}`
  const statements = await listStatements(sql)
  if (statements === null) return "that Postgres' own parser refuses"
  return statements.length === 0 ? 'without a statement' : null
}

/** Each statement is a probe of its own. */
async function toQueries({ line, text, codes }: Said): Promise<Said[]> {
  const statements = (await listStatements(text)) ?? []
  return statements.map((statement) => ({ line: line + statement.line - 1, text: statement.text, codes }))
}

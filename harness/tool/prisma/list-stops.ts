import { type ParsedStatement, parseStatements } from '../../ground/sql/list-statements.ts'
import type { StopGroup } from '../../model/tool.ts'
import { isSentAsBatch, type TransactionRule } from './send-script.ts'

/** Groups of statements after which a deploy that stops leaves the same of a file. */
export async function listStops(sql: string, rule: TransactionRule): Promise<readonly StopGroup[]> {
  const statements = (await parseStatements(sql)) ?? []
  const of = statements.length
  if (of === 0) return []
  const groups: { from: number; to: number; committed: number; of: number }[] = []
  for (const [after, committed] of countCommitted(statements, rule).entries()) {
    const group = groups.at(-1)
    if (group?.committed === committed) group.to = after
    else groups.push({ from: after, to: after, committed, of })
  }
  return groups
}

/** How many statements stay when the session ends after 0, 1, 2 … of them. */
function countCommitted(statements: readonly ParsedStatement[], rule: TransactionRule): number[] {
  const isBatch = isSentAsBatch(statements, rule)
  const counts = [0]
  let committed = 0
  let isOpen = false
  for (const [at, { node }] of statements.entries()) {
    const { kind, chain = false } = 'TransactionStmt' in node ? node.TransactionStmt : {}
    const isEnd = /_(COMMIT|ROLLBACK|PREPARE)$/.test(kind ?? '')
    if (/_(BEGIN|START)$/.test(kind ?? '')) isOpen = true
    if (isEnd) isOpen = chain
    const isLast = at === statements.length - 1
    if (isEnd || (!isOpen && (!isBatch || isLast))) committed = at + 1
    counts.push(committed)
  }
  return counts
}

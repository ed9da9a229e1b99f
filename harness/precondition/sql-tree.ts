import type { SqlNode } from '../ground/sql/parse-sql.ts'
import { renderExpression } from '../ground/sql/render-sql.ts'

/** The value of a parse node of one kind. */
export type Of<K extends string> = Extract<SqlNode, Record<K, unknown>> extends Record<K, infer V> ? V : never

/** A condition that cannot be asked before the phase; the message says why, as the rest of a sentence. */
export class CannotAsk extends Error {
  override readonly name = 'CannotAsk'
}

/** Visits every node of a tree with its kind, outer nodes first. */
export function visit(tree: unknown, see: (kind: string, value: Record<string, unknown>) => void): void {
  if (typeof tree !== 'object' || tree === null) return
  for (const [kind, value] of Object.entries(tree)) {
    if (typeof value !== 'object' || value === null) continue
    see(kind, value as Record<string, unknown>)
    visit(value, see)
  }
}

/** Texts of a list of String nodes, such as the parts of a dotted name. */
export function toNames(nodes: readonly SqlNode[] | undefined): string[] {
  return (nodes ?? []).flatMap((node) => ('String' in node ? [node.String.sval ?? ''] : []))
}

/** An expression as SQL. @throws CannotAsk */
export async function toSql(node: SqlNode): Promise<string> {
  const text = await renderExpression(node)
  if (text === null) throw new CannotAsk('its expression cannot be written down again')
  return text
}

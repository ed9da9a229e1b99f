import type { SqlNode } from '../ground/sql/parse-sql.ts'
import { renderExpression } from '../ground/sql/render-sql.ts'

/** The value of a parse node of one kind. */
export type Of<K extends string> = Extract<SqlNode, Record<K, unknown>> extends Record<K, infer V> ? V : never

/** A condition that cannot be asked before the phase; the message says why, as the rest of a sentence. */
export class CannotAsk extends Error {
  override readonly name = 'CannotAsk'
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

import { listInnerSql } from '../ground/sql/list-objects-created.ts'
import { parseStatements } from '../ground/sql/list-statements.ts'
import type { SqlNode } from '../ground/sql/parse-sql.ts'
import type { Condition } from './constraint-conditions.ts'
import type { DatabaseState } from './database-state.ts'
import { CannotAsk, type Of } from './sql-tree.ts'

/** Follows one statement; a block holds several. */
type Follow = (node: SqlNode, state: DatabaseState, place: string) => Promise<readonly Condition[]>

/**
 * As `followStatement`, for a DO block. Whether it runs a statement only the block knows, except for the usual guard around a constraint:
 * it is added unless it is there.
 */
export async function followBlock(
  block: Extract<SqlNode, { DoStmt: unknown }>,
  state: DatabaseState,
  place: string,
  follow: Follow,
): Promise<readonly Condition[]> {
  const body = JSON.stringify(block)
  if (/\bPERFORM\b|\bEXECUTE\s+(?!'')/i.test(body)) doubtAll(state, place)
  const conditions: Condition[] = []
  for (const text of await listInnerSql(block)) {
    for (const { node } of (await parseStatements(text)) ?? []) {
      if ('AlterTableStmt' in node && isThere(node.AlterTableStmt, state)) continue
      const changesRows = 'UpdateStmt' in node || 'DeleteStmt' in node || 'TruncateStmt' in node
      const found = await follow(node, state, place)
      const isGuarded = 'AlterTableStmt' in node && addsConstraint(node.AlterTableStmt)
      const doubt = new CannotAsk('a DO block decides whether it runs')
      conditions.push(...found.map((one) => (isGuarded ? one : { ...one, sql: doubt })))
      if (!changesRows) continue
      for (const { of } of found) of.removes ??= place
    }
  }
  return conditions
}

/** Code may have done anything to any table. */
export function doubtAll(state: DatabaseState, place: string): void {
  for (const table of state.tables.values()) {
    table.adds ??= place
    table.removes ??= place
  }
}

function addsConstraint({ cmds = [] }: Of<'AlterTableStmt'>): boolean {
  return cmds.every((one) => 'AlterTableCmd' in one && one.AlterTableCmd.subtype === 'AT_AddConstraint')
}

function isThere(alter: Of<'AlterTableStmt'>, state: DatabaseState): boolean {
  const table = state.find(alter.relation)
  return (alter.cmds ?? []).some((one) => {
    const definition = 'AlterTableCmd' in one ? one.AlterTableCmd.def : undefined
    const name = definition && 'Constraint' in definition ? definition.Constraint.conname : undefined
    return name !== undefined && table?.constraints.has(name)
  })
}

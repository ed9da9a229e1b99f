import { callsFunction } from '../ground/sql/calls-function.ts'
import type { SqlNode } from '../ground/sql/parse-sql.ts'
import { type Condition, ofUniqueIndex } from './constraint-conditions.ts'
import type { DatabaseState } from './database-state.ts'
import { followAlterTable } from './follow-alter-table.ts'
import { doubtAll, followBlock } from './follow-block.ts'
import { followDelete, followInsert, followTruncate, followUpdate } from './follow-rows.ts'
import { followCreate, followDrop, followRename, followUnknownTable } from './follow-table.ts'
import { followDomain, followEnum } from './follow-type.ts'
import { type Of, toNames } from './sql-tree.ts'

/**
 * What a statement needs of the rows before it, and what it makes of them: the state is changed to the one after the statement.
 * @param place of the statement, `file:line`
 */
export async function followStatement(
  node: SqlNode,
  state: DatabaseState,
  place: string,
): Promise<readonly Condition[]> {
  if ('AlterTableStmt' in node) return followAlterTable(node.AlterTableStmt, state, place)
  if ('IndexStmt' in node) return followIndex(node.IndexStmt, state)
  if ('UpdateStmt' in node) return followUpdate(node.UpdateStmt, state, place)
  if ('DeleteStmt' in node) return followDelete(node.DeleteStmt, state, place)
  if ('InsertStmt' in node) return followInsert(node.InsertStmt, state, place)
  if ('TruncateStmt' in node) return followTruncate(node.TruncateStmt, state, place)
  if ('DropStmt' in node) return followDrop(node.DropStmt, state)
  if ('CreateStmt' in node) return followCreate(node.CreateStmt, state, place)
  if ('RenameStmt' in node) return followRename(node.RenameStmt, state)
  if ('AlterDomainStmt' in node) return followDomain(node.AlterDomainStmt, state)
  if ('CreateTableAsStmt' in node) return followUnknownTable(node.CreateTableAsStmt.into?.rel, state, place)
  if ('CreateEnumStmt' in node) {
    const values = toNames(node.CreateEnumStmt.vals)
    state.enums.set(state.typeKeyOf(toNames(node.CreateEnumStmt.typeName)), { values, isChanged: true })
  }
  if ('AlterEnumStmt' in node) followEnum(node.AlterEnumStmt, state)
  if ('AlterObjectSchemaStmt' in node) {
    const table = state.find(node.AlterObjectSchemaStmt.relation)
    if (table) state.renameTable(table, node.AlterObjectSchemaStmt.newschema ?? table.namespace, table.name)
  }
  if ('VariableSetStmt' in node && node.VariableSetStmt.name === 'search_path') {
    const args = node.VariableSetStmt.args ?? []
    const path = args.flatMap((arg) => ('A_Const' in arg ? [arg.A_Const.sval?.sval ?? ''] : []))
    state.searchPath = path.filter((name) => name !== '' && name !== '$user')
  }
  if ('DoStmt' in node) return followBlock(node, state, place, followStatement)
  if ('CallStmt' in node) doubtAll(state, place)
  if ('SelectStmt' in node && callsFunction(node)) doubtAll(state, place)
  if ('CopyStmt' in node) {
    const table = state.find(node.CopyStmt.relation)
    if (table) table.adds ??= place
  }
  return []
}

async function followIndex(index: Of<'IndexStmt'>, state: DatabaseState): Promise<readonly Condition[]> {
  const table = state.find(index.relation)
  if (!table) return []
  const name = index.idxname ?? ''
  if (index.if_not_exists && table.indexes.has(name)) return []
  const columns = (index.indexParams ?? []).flatMap((element) =>
    'IndexElem' in element && element.IndexElem.name ? [element.IndexElem.name] : [],
  )
  if (name !== '') table.indexes.set(name, columns)
  return index.unique && !table.isNew ? [await ofUniqueIndex(index, table, state)] : []
}

import { parseStatements } from '../ground/sql/list-statements.ts'
import type { SqlNode } from '../ground/sql/parse-sql.ts'
import type { SkippedStatement } from '../model/checkpoint.ts'
import type { Migration } from '../model/history.ts'
import type { SchemaModel, TableModel } from '../model/schema-model.ts'

/**
 * The statements of these migrations that do nothing because of IF NOT EXISTS: the table, column or index was there before the phase.
 * Files without these words are not parsed.
 */
export async function listSkipped(
  migrations: readonly Migration[],
  before: SchemaModel,
): Promise<readonly SkippedStatement[]> {
  const skipped: SkippedStatement[] = []
  for (const { file, sql } of migrations.filter((entry) => /\bIF\s+NOT\s+EXISTS\b/i.test(entry.sql))) {
    for (const { node, line } of (await parseStatements(sql)) ?? []) {
      skipped.push(...toSkipped(node, before).map((part) => ({ ...part, place: `${file}:${line}` })))
    }
  }
  return skipped
}

function toSkipped(node: SqlNode, before: SchemaModel): Omit<SkippedStatement, 'place'>[] {
  if ('CreateStmt' in node) {
    const { relation, if_not_exists: isOptional } = node.CreateStmt
    const table = isOptional ? find(relation, before) : undefined
    return table ? [{ table: toQualified(table), part: null }] : []
  }
  if ('AlterTableStmt' in node) {
    const table = find(node.AlterTableStmt.relation, before)
    return (node.AlterTableStmt.cmds ?? []).flatMap((command) => {
      const { subtype, missing_ok: isOptional, def } = 'AlterTableCmd' in command ? command.AlterTableCmd : {}
      const part = def && 'ColumnDef' in def ? def.ColumnDef.colname : undefined
      const isThere = part !== undefined && table?.columns.some(({ name }) => name === part)
      return table && isThere && isOptional && subtype === 'AT_AddColumn'
        ? [{ table: toQualified(table), part }]
        : []
    })
  }
  if ('IndexStmt' in node) {
    const { relation, idxname: part, if_not_exists: isOptional } = node.IndexStmt
    const table = isOptional ? find(relation, before) : undefined
    const isThere = part !== undefined && table?.indexes.some(({ name }) => name === part)
    return table && isThere ? [{ table: toQualified(table), part }] : []
  }
  return []
}

function find(
  relation: { schemaname?: string; relname?: string } | undefined,
  { tables }: SchemaModel,
): TableModel | undefined {
  const { schemaname: namespace = 'public', relname } = relation ?? {}
  return tables.find((table) => table.name === relname && table.namespace === namespace)
}

function toQualified({ namespace, name }: TableModel): string {
  return `${namespace}.${name}`
}

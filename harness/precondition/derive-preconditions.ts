import { parseStatements } from '../ground/sql/list-statements.ts'
import type { Migration } from '../model/history.ts'
import type { Precondition } from '../model/precondition.ts'
import type { SchemaModel } from '../model/schema-model.ts'
import { parseConstraint } from './constraint-conditions.ts'
import { DatabaseState } from './database-state.ts'
import { followStatement } from './follow-statement.ts'
import { listOrigins } from './list-origins.ts'
import { CannotAsk } from './sql-tree.ts'

/** A statement with what it needs of the rows before the phase. */
export interface StatementNeeds {
  readonly migration: string
  readonly file: string
  readonly line: number
  readonly endLine: number
  readonly statement: string
  readonly preconditions: readonly Precondition[]
  /** Columns of the state before the phase that it reads or constrains, `namespace.table.column`. */
  readonly reads: readonly string[]
}

const WORDS = 8
/** Statements that read or check rows when they run. */
const READING =
  /^(AlterTableStmt|IndexStmt|UpdateStmt|DeleteStmt|InsertStmt|CreateTableAsStmt|SelectStmt|AlterDomainStmt)$/

/**
 * Derives from migrations, in their order, what each statement needs of the rows that are there before the first of them. Statements
 * that change rows on the way are followed; what cannot be followed is told as the reason why a condition cannot be asked.
 * @param schema before the first migration
 * @param major of the server that is asked
 */
export async function derivePreconditions(
  schema: Pick<SchemaModel, 'tables' | 'enums'>,
  migrations: readonly Pick<Migration, 'name' | 'file' | 'sql'>[],
  major: number,
): Promise<readonly StatementNeeds[]> {
  const state = new DatabaseState(schema, major)
  const needs: StatementNeeds[] = []
  for (const { name, file, sql } of migrations) {
    state.searchPath = ['public']
    for (const { node, line, text, tag } of (await parseStatements(sql)) ?? []) {
      const about = {
        migration: name,
        file,
        line,
        endLine: line + text.split('\n').length - 1,
        statement: toFirstWords(text),
      }
      const reads = READING.test(tag) ? [...listOrigins(await withConstraint(node, state), state)].sort() : []
      const conditions = await followStatement(node, state, `${file}:${line}`)
      const preconditions = conditions.map(
        ({ kind, counts, sql: asked, of }): Precondition => ({
          ...about,
          kind,
          counts,
          sql: typeof asked === 'string' ? asked : null,
          reason:
            asked instanceof CannotAsk
              ? asked.message
              : of.adds === null
                ? null
                : `rows that ${of.adds} adds are not counted`,
          isLowerBound: of.adds !== null,
        }),
      )
      if (preconditions.length > 0 || reads.length > 0) needs.push({ ...about, preconditions, reads })
    }
  }
  return needs
}

function toFirstWords(text: string): string {
  const words = text.split(/\s+/)
  return words.length <= WORDS ? words.join(' ') : `${words.slice(0, WORDS).join(' ')} …`
}

/** A VALIDATE names its constraint only; what that reads stands in its definition. An index without uniqueness constrains no column. */
async function withConstraint(node: object, state: DatabaseState): Promise<unknown> {
  if ('IndexStmt' in node) {
    const index = node.IndexStmt as {
      unique?: boolean
      indexParams?: readonly { IndexElem?: { name?: string } }[]
    }
    if (index.unique) return node
    return {
      ...index,
      indexParams: index.indexParams?.filter(({ IndexElem }) => IndexElem?.name === undefined),
    }
  }
  if (!('AlterTableStmt' in node)) return node
  const alter = node.AlterTableStmt as {
    relation?: { schemaname?: string; relname?: string }
    cmds?: readonly { AlterTableCmd?: { subtype?: string; name?: string } }[]
  }
  const table = state.tables.get(state.keyOf(alter.relation))
  const read: unknown[] = []
  for (const { AlterTableCmd: command } of alter.cmds ?? []) {
    if (command?.subtype !== 'AT_ValidateConstraint') continue
    const known = table?.constraints.get(command.name ?? '')
    const constraint = typeof known === 'string' ? await parseConstraint(known) : known
    if (constraint) read.push({ Constraint: constraint })
  }
  return read.length === 0 ? node : [node, ...read]
}

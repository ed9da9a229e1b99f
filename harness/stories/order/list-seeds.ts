import { listInnerSql } from '../../ground/sql/list-objects-created.ts'
import { parseStatements } from '../../ground/sql/list-statements.ts'
import { visit } from '../../ground/sql/visit.ts'
import type { Migration } from '../../model/history.ts'

/** Tables that migrations write rows to, as `namespace.table`. */
interface Seeds {
  /** Written to by statements that read no other table than such ones, so that every path to the schema must leave the same rows. */
  readonly constant: readonly string[]
  /** Written to in another way, each with the reason as part of a sentence. */
  readonly other: Readonly<Record<string, string>>
}

/**
 * Which tables hold what the migrations of the phases say, whatever production holds. It reads statements, no database.
 * @param before migrations that production ran before, whose rows may be gone or others by now
 */
export async function listSeeds(
  ofPhases: readonly Migration[],
  before: readonly Migration[],
): Promise<Seeds> {
  const sources = new Map<string, Set<string>>()
  const filled = new Set<string>()
  const other: Record<string, string> = {}
  for (const { sql } of ofPhases) {
    for (const { table, isInsert, reads, isBlock } of await listWrites(sql)) {
      if (isBlock) other[table] ??= 'a block writes to it'
      if (isInsert) filled.add(table)
      sources.set(table, new Set([...(sources.get(table) ?? []), ...reads]))
    }
  }
  for (const { sql, name } of before) {
    for (const { table } of await listWrites(sql)) other[table] ??= `${name} wrote to it before the phases`
  }
  // A table whose rows come from one that is left out is left out too, until no more are.
  for (let size = -1; size !== Object.keys(other).length; ) {
    size = Object.keys(other).length
    for (const table of filled) {
      const from = [...(sources.get(table) ?? [])].find(
        (name) => !filled.has(name) || other[name] !== undefined,
      )
      if (from !== undefined) other[table] ??= `its rows come from ${from}`
    }
  }
  return { constant: [...filled].filter((table) => other[table] === undefined).sort(), other }
}

interface Write {
  readonly table: string
  readonly isInsert: boolean
  /** Other tables that the statement reads. */
  readonly reads: readonly string[]
  readonly isBlock: boolean
}

async function listWrites(sql: string): Promise<Write[]> {
  const writes: Write[] = []
  for (const { node } of (await parseStatements(sql)) ?? []) {
    if ('DoStmt' in node) {
      for (const inner of await listInnerSql(node))
        for (const write of await listWrites(inner)) writes.push({ ...write, isBlock: true })
      continue
    }
    const targets: { table: string; isInsert: boolean }[] = []
    const read = new Set<string>()
    visit(node, (kind, value) => {
      if (kind === 'RangeVar') read.add(toName(value))
      if (kind !== 'InsertStmt' && kind !== 'UpdateStmt' && kind !== 'DeleteStmt' && kind !== 'MergeStmt')
        return
      targets.push({
        table: toName(value.relation as Record<string, unknown>),
        isInsert: kind === 'InsertStmt',
      })
    })
    for (const { table, isInsert } of targets) {
      writes.push({ table, isInsert, reads: [...read].filter((name) => name !== table), isBlock: false })
    }
  }
  return writes
}

function toName({ schemaname = 'public', relname }: Record<string, unknown>): string {
  return `${schemaname}.${relname}`
}

import type { MigrationFailure } from '../../model/history.ts'

/** Something a migration expected to find. */
export interface MissingObject {
  readonly kind: 'relation' | 'column' | 'type' | 'index' | 'constraint' | 'schema'
  /** Without `public.`. */
  readonly name: string
  /** Table of a column or constraint, when Postgres names it. */
  readonly table?: string
}

const PATTERNS: Readonly<Record<string, readonly [RegExp, MissingObject['kind']][]>> = {
  '42P01': [
    [/^(?:relation|table|view|sequence|materialized view) "(?<name>.+)" does not exist/s, 'relation'],
  ],
  '42703': [
    [/^column "(?<name>.+)" of relation "(?<table>.+)" does not exist/s, 'column'],
    [
      /^column "(?<name>.+)" (?:referenced in foreign key constraint |named in key )?does not exist/s,
      'column',
    ],
    [/^column (?<table>[^\s"]+)\.(?<name>[^\s".]+) does not exist/s, 'column'],
  ],
  '42704': [
    [/^type "(?<name>.+)" does not exist/s, 'type'],
    [/^index "(?<name>.+)" does not exist/s, 'index'],
    [/^constraint "(?<name>.+)" of relation "(?<table>.+)" does not exist/s, 'constraint'],
  ],
  '3F000': [[/^schema "(?<name>.+)" does not exist/s, 'schema']],
}

/** What a failed migration missed, read from Postgres' (English) message; null when it failed for another reason. */
export function missingObjectOf(
  failure: Pick<MigrationFailure, 'sqlstate' | 'message'>,
): MissingObject | null {
  for (const [pattern, kind] of PATTERNS[failure.sqlstate] ?? []) {
    const { name, table } = pattern.exec(failure.message)?.groups ?? {}
    if (name === undefined) continue
    return table === undefined
      ? { kind, name: withoutPublic(name) }
      : { kind, name, table: withoutPublic(table) }
  }
  return null
}

function withoutPublic(name: string): string {
  return name.replace(/^public\./, '')
}

import type pg from 'pg'
import type { Source, SourceColumn, SourceTable, ValueForm } from '../model/source.ts'
import { toTableKey } from '../model/source.ts'
import { CHECKS, COLUMNS, FOREIGN_KEYS, TABLES, UNIQUES } from './source-queries.ts'

/**
 * Fetches what a capture needs to know of all ordinary and partitioned tables outside of extensions. It writes
 * nothing.
 */
export async function fetchSource(client: pg.ClientBase, name: string): Promise<Source> {
  const { rows: versions } = await client.query<{ version: string; number: string }>(
    `SELECT current_setting('server_version') AS version, current_setting('server_version_num') AS number`,
  )
  const [version] = versions as [{ version: string; number: string }]
  const tables = (await client.query<TableRow>(TABLES)).rows
  const columns = toGroups((await client.query<ColumnRow>(COLUMNS)).rows)
  const uniques = toGroups((await client.query<Part & { name: string; columns: string[] }>(UNIQUES)).rows)
  const foreignKeys = toGroups((await client.query<ForeignKeyRow>(FOREIGN_KEYS)).rows)
  const checks = toGroups((await client.query<Part & { name: string; columns: string[] }>(CHECKS)).rows)
  return {
    name,
    postgres: {
      version: version.version.split(' ')[0] as string,
      major: Math.floor(Number(version.number) / 10_000),
    },
    tables: tables.map((table): SourceTable => {
      const of = <T>(groups: ReadonlyMap<string, T[]>) => groups.get(table.oid) ?? []
      return {
        namespace: table.namespace,
        name: table.name,
        partitioned: table.partitioned,
        partitionedBy: table.partitionedBy,
        primaryKey: table.primaryKey,
        estimatedRows: Number(table.estimatedRows),
        columns: of(columns).map(toColumn),
        uniques: of(uniques).map(({ name, columns }) => ({ name, columns })),
        checks: of(checks).map(({ name, columns }) => ({ name, columns })),
        foreignKeys: of(foreignKeys).map(({ name, columns, refersNamespace, refersName, refersColumns }) => ({
          name,
          columns,
          refers: {
            table: toTableKey({ namespace: refersNamespace, name: refersName }),
            columns: refersColumns,
          },
        })),
      }
    }),
  }
}

interface Part {
  readonly oid: string
}

interface TableRow extends Part {
  readonly namespace: string
  readonly name: string
  readonly partitioned: boolean
  readonly partitionedBy: string[]
  readonly primaryKey: string[]
  readonly estimatedRows: string
}

interface ForeignKeyRow extends Part {
  readonly name: string
  readonly columns: string[]
  readonly refersNamespace: string
  readonly refersName: string
  readonly refersColumns: string[]
}

interface ColumnRow extends Part {
  readonly name: string
  readonly type: string
  /** Type below arrays and domains, if it is of pg_catalog; null for others. */
  readonly base: string | null
  readonly isArray: boolean
  readonly maxLength: number | null
  readonly notNull: boolean
  readonly generated: boolean
}

const FORMS: Readonly<Record<string, ValueForm>> = {
  text: 'text',
  varchar: 'text',
  bpchar: 'text',
  name: 'text',
  citext: 'text',
  xml: 'text',
  int2: 'integer',
  int4: 'integer',
  int8: 'integer',
  numeric: 'decimal',
  float4: 'decimal',
  float8: 'decimal',
  uuid: 'uuid',
  date: 'date',
  timestamp: 'date',
  timestamptz: 'date',
  daterange: 'date',
  tsrange: 'date',
  tstzrange: 'date',
  datemultirange: 'date',
  tsmultirange: 'date',
  tstzmultirange: 'date',
  json: 'json',
  jsonb: 'json',
}

function toColumn({ name, type, base, isArray, maxLength, notNull, generated }: ColumnRow): SourceColumn {
  const form = FORMS[base ?? ''] ?? 'other'
  const integer = base === 'int2' || base === 'int4' || base === 'int8' ? base : null
  return { name, type, form, integer, isArray, maxLength, notNull, generated }
}

function toGroups<T extends Part>(rows: readonly T[]): ReadonlyMap<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) groups.set(row.oid, [...(groups.get(row.oid) ?? []), row])
  return groups
}

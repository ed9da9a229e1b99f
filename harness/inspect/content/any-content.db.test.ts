import fc from 'fast-check'
import { expect, inject, it } from 'vitest'
import { withClient } from '../../ground/with-client.ts'
import type { TableChange } from '../../model/content.ts'
import { query, withTestDatabase } from '../../testing/with-test-database.ts'
import { observeContent } from './observe-content.ts'
import '../../vitest/provided.ts'

const url = inject('postgresUrl')
/** Shrinking a failure would take minutes; the message names the statements. */
const RUNS = { numRuns: 10, seed: 23, endOnFailure: true }

const TYPES = `
  CREATE TYPE mood AS ENUM ('calm', 'glad');
  CREATE TYPE pair AS (a int, b text);
  CREATE DOMAIN short AS varchar(9) CHECK (value <> 'never');
  CREATE COLLATION ci (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
  CREATE SCHEMA other;`

/** A type of column, values of it that differ, and a wider type that holds them all. */
interface Sort {
  readonly type: string
  readonly values: readonly string[]
  readonly wider?: string
}

const SORTS: readonly Sort[] = [
  { type: 'boolean', values: ['true', 'false'], wider: 'text' },
  { type: 'smallint', values: ['1', '-1', '32767'], wider: 'integer' },
  { type: 'integer', values: ['1', '0', '-2147483648'], wider: 'bigint' },
  { type: 'bigint', values: ['1', '9223372036854775807'], wider: 'numeric' },
  {
    type: 'real',
    values: ['0', "'-0'", "'NaN'", "'Infinity'", '0.1', '16777216'],
    wider: 'double precision',
  },
  { type: 'double precision', values: ['0', "'-0'", "'NaN'", "'-Infinity'", '0.1', '0.30000000000000004'] },
  { type: 'numeric', values: ['1', '1.0', '1.00', "'NaN'", "'Infinity'", '1e40'] },
  { type: 'numeric(10,2)', values: ['1', '1.01', '-0.5', "'NaN'"], wider: 'numeric(14,4)' },
  { type: 'money', values: ['1', '1.01', '-1234567.89'], wider: 'numeric(20,2)' },
  { type: 'text', values: ["''", "'a'", "'A'", "'a '", "E'a\\nb\\t\\\\'", "'ä'", "E'a\\u0308'", "'(,\"x'"] },
  { type: 'text COLLATE ci', values: ["'a'", "'A'", "'b'"] },
  { type: 'varchar(9)', values: ["''", "'a'", "'a '", "'NULL'"], wider: 'varchar(40)' },
  { type: 'char(5)', values: ["'a'", "'b'", "''"], wider: 'char(9)' },
  { type: '"char"', values: ["'a'", "'b'", "''"] },
  { type: 'name', values: ["'a'", "'b'"], wider: 'text' },
  { type: 'short', values: ["'a'", "'b'"], wider: 'text' },
  { type: 'mood', values: ["'calm'", "'glad'"], wider: 'text' },
  { type: 'mood[]', values: ["'{}'", "'{calm}'", "'{calm,NULL}'"] },
  { type: 'pair', values: ["ROW(1, 'x')", 'ROW(1, NULL)', 'ROW(NULL, NULL)', "ROW(1, '')"] },
  {
    type: 'int[]',
    values: ["'{}'", "'{1,2}'", "'{{1,2}}'", "'[0:1]={1,2}'", "'{1,NULL}'"],
    wider: 'bigint[]',
  },
  { type: 'text[]', values: ["'{}'", "'{a}'", `'{"a,b"}'`, "'{a,b}'", `'{"NULL"}'`, "'{NULL}'"] },
  { type: 'bytea', values: ["''", "'\\x00'", "'\\x0000'", "'a'"] },
  { type: 'json', values: [`'{"a": 1,"b": 2}'`, `'{"b": 2, "a": 1}'`, "'null'", "'1.0'"] },
  { type: 'json', values: [`'{"a": 1.50,  "b": [1, 2]}'`, "'null'", `'"x"'`, "'[]'"], wider: 'jsonb' },
  { type: 'jsonb', values: [`'{"a": 1}'`, "'null'", "'1.0'", "'1.00'", "'[]'"], wider: 'json' },
  { type: 'xml', values: ["'<a/>'", "'<a></a>'", "'text'"] },
  { type: 'bit(3)', values: ["B'000'", "B'001'"] },
  { type: 'bit varying(4)', values: ["B''", "B'0'", "B'00'"], wider: 'bit varying(9)' },
  { type: 'date', values: ["'2026-03-29'", "'infinity'", "'0044-03-15 BC'"], wider: 'timestamp' },
  { type: 'time', values: ["'00:00'", "'24:00'", "'00:00:00.000001'"] },
  { type: 'timetz', values: ["'01:00+01'", "'00:00+00'"] },
  {
    type: 'timestamp(3)',
    values: ["'2026-03-29 02:30'", "'infinity'", "'-infinity'"],
    wider: 'timestamp(6)',
  },
  {
    type: 'timestamptz',
    values: ["'2026-03-29 02:30+02'", "'2026-10-25 01:30Z'", "'infinity'", "'0001-01-01 BC'"],
  },
  { type: 'interval', values: ["'1 mon'", "'30 days'", "'720 hours'", "'-1 day +00:00:01'"] },
  {
    type: 'uuid',
    values: ["'00000000-0000-0000-0000-000000000000'", "'00000000-0000-0000-0000-000000000001'"],
    wider: 'text',
  },
  { type: 'inet', values: ["'10.0.0.1'", "'10.0.0.1/8'", "'::1'"] },
  { type: 'cidr', values: ["'10.0.0.0/8'", "'10.0.0.1'"], wider: 'inet' },
  { type: 'macaddr', values: ["'08:00:2b:01:02:03'", "'08:00:2b:01:02:04'"], wider: 'macaddr8' },
  { type: 'tsvector', values: ["''", "'a:1'", "'a:2'", "'a'"] },
  { type: 'tsquery', values: ["'a & b'", "'b & a'"] },
  { type: 'int4range', values: ["'empty'", "'[1,3)'", "'(,)'", "'[1,)'"] },
  {
    type: 'tstzrange',
    values: ["'empty'", "'[2026-03-29 00:00Z,2026-03-30 00:00Z)'", "'[2026-03-29 00:00Z,2026-03-30 00:00Z]'"],
  },
  { type: 'nummultirange', values: ["'{}'", "'{[1,2)}'", "'{[1,2),[3,4)}'"] },
  { type: 'point', values: ["'(0,0)'", "'(-0,0)'", "'(0,NaN)'"] },
  { type: 'box', values: ["'(1,1),(0,0)'", "'(2,1),(0,0)'"] },
  { type: 'path', values: ["'[(0,0),(1,1)]'", "'((0,0),(1,1))'"] },
  { type: 'polygon', values: ["'((0,0),(1,1))'", "'((1,1),(0,0))'"] },
  { type: 'line', values: ["'{1,2,3}'", "'{2,4,6}'"] },
  { type: 'lseg', values: ["'[(0,0),(1,1)]'", "'[(1,1),(0,0)]'"] },
  { type: 'circle', values: ["'<(0,0),1>'", "'<(0,0),2>'"] },
  { type: 'oid', values: ['0', '4294967295'], wider: 'bigint' },
  { type: 'regclass', values: ["'pg_catalog.pg_class'", "'pg_catalog.pg_type'"] },
  { type: 'regclass[]', values: ["'{pg_catalog.pg_class}'", "'{}'"] },
  { type: 'pg_lsn', values: ["'0/0'", "'0/1'"] },
  { type: 'jsonpath', values: ["'$.a'", "'$.b'"] },
  // Long enough to be stored out of line, and equal for the first 100 kB.
  { type: 'text', values: ["repeat('ab', 50000) || '1'", "repeat('ab', 50000) || '2'"] },
  { type: 'text', values: ["(SELECT string_agg(md5(g::text), '') FROM generate_series(1, 3000) g)", "'a'"] },
]

const KEYS = {
  whole: { columns: 'k int PRIMARY KEY', values: (row: number) => [`${row}`], own: ['k'], tellsRows: true },
  identity: {
    columns: 'k bigint GENERATED BY DEFAULT AS IDENTITY UNIQUE',
    values: (row: number) => [`${row}`],
    own: ['k'],
    tellsRows: true,
  },
  words: {
    columns:
      'k text COLLATE "C", k2 text COLLATE ci, twice text GENERATED ALWAYS AS (k || k) STORED, PRIMARY KEY (k, k2)',
    values: (row: number) => [row % 2 ? "'a'" : "'A'", `'K ${row}'`],
    own: ['k', 'k2'],
    tellsRows: true,
  },
  none: { columns: '', values: () => [], own: [], tellsRows: false },
  nullable: {
    columns: 'k int UNIQUE',
    values: (row: number) => [row % 2 ? `${row}` : 'NULL'],
    own: ['k'],
    tellsRows: false,
  },
} as const

const KINDS = ['plain', 'plain', 'unlogged', 'partitioned', 'child'] as const
const QUIET = ['add', 'rename', 'same', 'vacuum', 'wider', 'index', 'table', 'namespace', 'reload'] as const
const FAULTS = ['value', 'row added', 'row lost', 'swap'] as const

/** Place of a value among those of its sort; null is NULL. */
const cell = fc.oneof({ weight: 4, arbitrary: fc.nat(7) }, { weight: 1, arbitrary: fc.constant(null) })

const table = fc.record({
  kind: fc.constantFrom(...KINDS),
  key: fc.constantFrom(...(Object.keys(KEYS) as (keyof typeof KEYS)[])),
  sorts: fc.array(fc.constantFrom(...SORTS), { minLength: 1, maxLength: 3 }),
  cells: fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 3, maxLength: 6 }),
  quiet: fc.uniqueArray(fc.constantFrom(...QUIET), { maxLength: 3 }),
  fault: fc.constantFrom(...FAULTS),
  column: fc.nat(2),
})

type Table = ReturnType<typeof toTable>

/** A table as drawn, with values that its columns have. */
function toTable(drawn: typeof table extends fc.Arbitrary<infer T> ? T : never, at: number) {
  const { sorts, kind, key } = drawn
  const cells = drawn.cells.map((row) =>
    sorts.map(({ values }, place) => {
      const value = row[place] ?? null
      return value === null ? null : value % values.length
    }),
  )
  // A partitioned table has no key here: it would have to hold the column of the bounds.
  return {
    ...drawn,
    cells,
    key: kind === 'partitioned' && key !== 'whole' ? 'none' : key,
    name: `t${at}`,
  } as const
}

function toLiteral({ sorts }: Table, place: number, value: number | null): string {
  const { type = '', values = [] } = sorts[place] ?? {}
  return value === null ? 'NULL' : `(${values[value]})::${type.replace(' COLLATE ci', '')}`
}

function toRow(drawn: Table, row: number, cells: readonly (number | null)[]): string {
  const values = [
    ...KEYS[drawn.key].values(row),
    ...cells.map((value, place) => toLiteral(drawn, place, value)),
  ]
  return `(${values.join(', ')})`
}

function toNames({ key, sorts }: Table): string {
  return [...KEYS[key].own, ...sorts.map((_, place) => `c${place}`)].join(', ')
}

function toSetup(drawn: Table): string {
  const { name, kind, sorts, key, cells } = drawn
  const columns = [KEYS[key].columns, ...sorts.map(({ type }, place) => `c${place} ${type}`)].filter(Boolean)
  const body = `(${columns.join(', ')})`
  const create = {
    plain: `CREATE TABLE ${name} ${body}`,
    unlogged: `CREATE UNLOGGED TABLE ${name} ${body}`,
    partitioned:
      key === 'whole'
        ? `CREATE TABLE ${name} ${body} PARTITION BY RANGE (k); CREATE TABLE ${name}_low PARTITION OF ${name} FOR VALUES FROM (0) TO (3);
           CREATE TABLE ${name}_high PARTITION OF ${name} DEFAULT`
        : `CREATE TABLE ${name} ${body} PARTITION BY HASH (c0); CREATE TABLE ${name}_all PARTITION OF ${name} FOR VALUES WITH (MODULUS 1, REMAINDER 0)`,
    child: `CREATE TABLE ${name}_parent (p int); INSERT INTO ${name}_parent VALUES (1); CREATE TABLE ${name} ${body} INHERITS (${name}_parent)`,
  }[kind]
  const rows = cells.map((row, at) => toRow(drawn, at, row))
  return `${create}; INSERT INTO ${name} (${toNames(drawn)}) VALUES ${rows.join(', ')};`
}

/** Hash partitions need an operator class that some types lack. */
function isPossible({ kind, key, sorts }: Table): boolean {
  return kind !== 'partitioned' || key === 'whole' || /^(int|text$|uuid|date)/.test(sorts[0]?.type ?? '')
}

/** Statements that change no value, and the names that table and columns have then. */
function toQuiet({ name, kind, quiet, sorts, column, key }: Table) {
  const statements: string[] = []
  let at: string = name
  let renamed = column % sorts.length
  const columns = sorts.map((_, place) => `c${place}`)
  const types = sorts.map(({ type }) => type)
  for (const one of quiet) {
    const own = columns[renamed] ?? ''
    if (one === 'add') statements.push(`ALTER TABLE ${at} ADD COLUMN more int DEFAULT 7`)
    if (one === 'rename') {
      columns[renamed] = 'renamed'
      statements.push(`ALTER TABLE ${at} RENAME ${own} TO renamed`)
    }
    if (one === 'same') statements.push(`UPDATE ${at} SET ${own} = ${own}`)
    if (one === 'vacuum') statements.push(`VACUUM FULL ${at}`)
    const { wider } = sorts[renamed] ?? {}
    if (one === 'wider' && wider && kind !== 'partitioned') {
      types[renamed] = wider
      statements.push(`ALTER TABLE ${at} ALTER ${own} TYPE ${wider}`)
    }
    if (one === 'index') statements.push(`CREATE INDEX ON ${at} ((${own} IS NULL))`)
    if (one === 'table') {
      statements.push(`ALTER TABLE ${at} RENAME TO renamed_${name}`)
      at = at.startsWith('other.') ? `other.renamed_${name}` : `renamed_${name}`
    }
    if (one === 'namespace') {
      statements.push(`ALTER TABLE ${at} SET SCHEMA other`)
      at = `other.${at}`
    }
    if (one === 'reload' && key !== 'identity' && kind !== 'partitioned') {
      const all = [...KEYS[key].own, ...columns].join(', ')
      statements.push(
        `CREATE TABLE other.${name}_copy AS SELECT ${all} FROM ONLY ${at}`,
        `DELETE FROM ONLY ${at}`,
        `INSERT INTO ${at} (${all}) SELECT ${all} FROM other.${name}_copy ORDER BY ctid DESC`,
      )
    }
    renamed = (renamed + 1) % sorts.length
  }
  return { statements, at, columns, types }
}

/** One fault, as SQL and as it must be told. */
function toFault(drawn: Table) {
  const { name, kind, fault, cells, column, sorts, key } = drawn
  const { at, columns, types } = toQuiet(drawn)
  const place = column % sorts.length
  const own = columns[place] ?? ''
  const keyNames = KEYS[key].own
  const isKeyed = KEYS[key].tellsRows
  const [first, second] = cells
  if (!first || !second) throw new Error('a table has three rows')
  const literal = (cellPlace: number, value: number | null) =>
    `${toLiteral(drawn, cellPlace, value)}::${(types[cellPlace] ?? '').replace(' COLLATE ci', '')}`
  /** One row, also among equal ones. */
  const where = (row: number) => {
    const conditions = [
      ...keyNames.map((column, part) => `${column} IS NOT DISTINCT FROM ${KEYS[key].values(row)[part]}`),
      ...(cells[row] ?? []).map(
        (value, cellPlace) =>
          `(${columns[cellPlace]})::text COLLATE "C" IS NOT DISTINCT FROM (${literal(cellPlace, value)})::text COLLATE "C"`,
      ),
    ]
    return `(tableoid, ctid) = (SELECT tableoid, ctid FROM ${at} WHERE ${conditions.join(' AND ')} LIMIT 1)`
  }
  const all = [...keyNames, ...columns].join(', ')
  const told = (...parts: string[]) => [name, ...parts].join(' ')
  const value = first[place] ?? null
  const next = value === null ? 0 : (value + 1) % (sorts[place]?.values.length ?? 1)
  if (fault === 'row added') {
    const values = [...KEYS[key].values(100), ...first.map((value, cellPlace) => literal(cellPlace, value))]
    return { sql: `INSERT INTO ${at} (${all}) VALUES (${values.join(', ')})`, told: told('+1') }
  }
  if (fault === 'row lost') return { sql: `DELETE FROM ${at} WHERE ${where(0)}`, told: told('-1') }
  if (fault === 'value') {
    const sql = `UPDATE ${at} SET ${own} = ${literal(place, next)} WHERE ${where(0)}`
    const isAlone = sorts.length === 1 && key === 'none' && kind !== 'child'
    return { sql, told: isAlone ? told('-1', '+1') : told(`c${place}:1`) }
  }
  const other = second[place] ?? null
  const isSame = value === other
  const swapped = `UPDATE ${at} SET ${own} = ${literal(place, other)} WHERE ${where(0)}; UPDATE ${at} SET ${own} = ${literal(place, value)} WHERE ${where(1)}`
  if (isKeyed) return { sql: isSame ? 'SELECT 1' : swapped, told: isSame ? null : told(`c${place}:2`) }
  const isSwapped =
    key === 'nullable' || first.some((one, cellPlace) => cellPlace !== place && one !== second[cellPlace])
  // Which rows are the same again is seen by the rest of them alone; then nothing was swapped.
  return {
    sql: isSame || !isSwapped ? 'SELECT 1' : swapped,
    told: isSame || !isSwapped ? null : told('-2', '+2'),
  }
}

function toWords({ table, lost, added, columns }: TableChange): string {
  return [
    table.replace('public.', ''),
    ...(lost.rows ? [`-${lost.rows}`] : []),
    ...(added.rows ? [`+${added.rows}`] : []),
    ...columns.map(({ column, rows, fate }) => `${column}:${rows}${fate === 'kept' ? '' : ` ${fate}`}`),
  ].join(' ')
}

async function runAll(connectionString: string, statements: readonly string[]): Promise<void> {
  await withClient(connectionString, async (client) => {
    for (const sql of statements) {
      await client.query(sql).catch((error: Error) => {
        throw new Error(`${error.message} in ${sql.slice(0, 400)}`)
      })
    }
  })
}

it('tells each single fault exactly, and nothing that leaves the values as they are, of any type in any table', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(table, { minLength: 12, maxLength: 12 }), async (drawn) => {
      const tables = drawn.map(toTable).filter(isPossible)
      await withTestDatabase(url, async (before) => {
        await runAll(before, [TYPES, ...tables.map(toSetup)])
        const { tables: known } = await observeContent(before, 'history', null)
        const after = new URL(before)
        const name = before.slice(before.lastIndexOf('/') + 1)
        after.pathname = `/${name}_after`
        await query(url, `CREATE DATABASE ${name}_after TEMPLATE ${name}`)
        const observe = async () => {
          const open = <T>(use: (connectionString: string) => Promise<T>) => use(before)
          const { changes } = await observeContent(after.href, 'history', { tables: known, open })
          return changes.map(toWords).sort()
        }
        try {
          await runAll(
            after.href,
            tables.flatMap((one) => toQuiet(one).statements),
          )
          expect(await observe()).toEqual([])
          const faults = tables.map(toFault)
          await runAll(
            after.href,
            faults.map(({ sql }) => sql),
          )
          const told = faults.flatMap((fault) => fault.told ?? []).sort()
          expect(await observe(), faults.map(({ sql }) => sql.slice(0, 300)).join('\n')).toEqual(told)
        } finally {
          await query(url, `DROP DATABASE ${name}_after WITH (FORCE)`)
        }
      })
    }),
    RUNS,
  )
}, 120_000)

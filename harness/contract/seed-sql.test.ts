import { describe, expect, it } from 'vitest'
import type { ColumnModel, ConstraintModel, SchemaModel, TableModel } from '../model/schema-model.ts'
import { renderSeedSql } from './seed-sql.ts'

describe('the SQL that seeds one row a table', () => {
  it('makes up what is needed and leaves the rest to the database', () => {
    const sql = renderSeedSql(
      schemaOf(table('trips', { id: 'text', level: 'text', note: 'text?', at: 'date=now()' })),
      {},
    )
    expect(sql).toBe(
      `INSERT INTO public."trips" ("id", "level") VALUES ('sweep-trips'::text, 'sweep level'::text) ON CONFLICT ("id") DO UPDATE SET "level" = EXCLUDED."level";`,
    )
  })

  it('takes stated values, quotes them, and passes over columns that are not there yet', () => {
    const sql = renderSeedSql(schemaOf(table('trips', { id: 'text', tags: 'text[]', extra: 'jsonb?' })), {
      trips: { tags: ['a"b', "it's"], extra: { path: 'C:\\x' }, later: 1 },
    })
    expect(sql).toContain(`'{"a\\\\"b","it''s"}'::text[]`.replace("'{", " E'{"))
    expect(sql).toContain(`E'{"path":"C:\\\\\\\\x"}'::jsonb`)
    expect(sql).not.toContain('later')
  })

  it('sets foreign keys that may be empty, after the table that they lead to', () => {
    const trips = table('trips', { id: 'text', unitId: 'text?' }, [foreignKey('unitId', 'units')])
    const sql = renderSeedSql(schemaOf(trips, table('units', { id: 'text' })), {})
    expect(sql.split('\n').map((line) => line.split(' ')[2])).toEqual(['public."units"', 'public."trips"'])
    expect(sql).toContain(`VALUES ('sweep-trips'::text, 'sweep-units'::text)`)
  })

  it('comes to an end on tables that refer to each other or to themselves', () => {
    const a = table('a', { id: 'text', b: 'text?' }, [foreignKey('b', 'b')])
    const b = table('b', { id: 'text', a: 'text?', own: 'text?' }, [
      foreignKey('a', 'a'),
      foreignKey('own', 'b'),
    ])
    const sql = renderSeedSql(schemaOf(a, b), {})
    expect(sql.split('\n')).toHaveLength(2)
    expect(sql).not.toContain('"own"')
  })

  it('makes room for the row where a unique rule would refuse it', () => {
    const users = table('users', { id: 'text', email: 'text' }, [], ['email'])
    const [first] = renderSeedSql(schemaOf(users), { users: { email: 'a' } }).split('\n')
    expect(first).toBe(
      `DELETE FROM public."users" WHERE "email" = 'a'::text AND NOT ("id" = 'sweep-users'::text);`,
    )
  })

  it("leaves Prisma's history and other namespaces alone", () => {
    const foreign = { ...table('x', { id: 'text' }), namespace: 'audit' }
    expect(renderSeedSql(schemaOf(foreign), {})).toBe('')
  })
})

function schemaOf(...tables: TableModel[]): SchemaModel {
  return { tables, enums: [], sequences: [], views: [], functions: [], extensions: [], objects: [] }
}

/** Columns by name: type, `?` for one that may be NULL, `=` before its default; `id` is the primary key. */
function table(
  name: string,
  columns: Readonly<Record<string, string>>,
  keys: readonly ConstraintModel[] = [],
  unique: readonly string[] = [],
): TableModel {
  const primary = { name: `${name}_pkey`, kind: 'primary-key' as const, columns: ['id'], references: null }
  return {
    namespace: 'public',
    name,
    columns: Object.entries(columns).map(([column, text]): ColumnModel => {
      const [type = '', preset] = text.split('=')
      const nullable = type.endsWith('?')
      const shape = { type: type.replace('?', ''), nullable, default: preset ?? null }
      return { name: column, ...shape, generated: null, collation: null }
    }),
    constraints: [
      {
        ...primary,
        definition: '',
        validated: true,
        deferrable: false,
        initiallyDeferred: false,
        noInherit: false,
        disabledOn: [],
      },
      ...keys,
    ],
    indexes: unique.map((key) => ({
      name: `${name}_${key}_key`,
      method: 'btree',
      keys: [key],
      bareKeys: [key],
      include: [],
      unique: true,
      nullsNotDistinct: false,
      parameters: [],
      primary: false,
      where: null,
      valid: true,
      ready: true,
      definition: '',
    })),
    triggers: [],
    policies: [],
    properties: [],
    persistence: 'permanent',
    rowSecurity: false,
  }
}

function foreignKey(column: string, target: string): ConstraintModel {
  const references = {
    table: `public.${target}`,
    columns: ['id'],
    onDelete: 'CASCADE',
    onUpdate: 'CASCADE',
    setColumns: [],
    match: 'SIMPLE',
    orphans: 0,
  } as const
  const about = {
    definition: '',
    validated: true,
    deferrable: false,
    initiallyDeferred: false,
    noInherit: false,
    disabledOn: [],
  }
  return { name: `${column}_fkey`, kind: 'foreign-key', columns: [column], references, ...about }
}

import { expect, it } from 'vitest'
import type {
  ColumnModel,
  ConstraintModel,
  IndexModel,
  SchemaModel,
  TableModel,
} from '../model/schema-model.ts'
import { targetDifferences } from './target-differences.ts'
import { listReordered } from './to-sayable.ts'

const toIndex = (name: string, parts: Partial<IndexModel> = {}): IndexModel => ({
  name,
  method: 'btree',
  keys: ['note'],
  bareKeys: ['note'],
  include: [],
  unique: false,
  nullsNotDistinct: false,
  parameters: [],
  primary: false,
  where: null,
  valid: true,
  ready: true,
  definition: `CREATE INDEX ${name}`,
  ...parts,
})
const toConstraint = (name: string, parts: Partial<ConstraintModel>): ConstraintModel => ({
  name,
  kind: 'check',
  columns: ['id'],
  definition: name,
  validated: true,
  deferrable: false,
  initiallyDeferred: false,
  noInherit: false,
  disabledOn: [],
  references: null,
  ...parts,
})
const toColumn = (type: string, preset: string | null, generated: string | null = null): ColumnModel => ({
  name: 'note',
  type,
  nullable: true,
  default: preset,
  generated,
  collation: null,
})
const foreignKey = toConstraint('orders_owner_fkey', {
  kind: 'foreign-key',
  references: {
    table: 'public.owners',
    columns: ['id'],
    onDelete: 'CASCADE',
    onUpdate: 'CASCADE',
    setColumns: [],
    match: 'SIMPLE',
    orphans: 0,
  },
})
const table: TableModel = {
  namespace: 'public',
  name: 'orders',
  persistence: 'permanent',
  rowSecurity: false,
  columns: [],
  constraints: [foreignKey],
  indexes: [toIndex('orders_note_idx')],
  triggers: [],
  policies: [],
  properties: [],
}
const toSchema = (parts: Partial<TableModel>, rest: Partial<SchemaModel> = {}): SchemaModel => ({
  tables: [{ ...table, ...parts }],
  enums: [],
  sequences: [],
  extensions: [],
  views: [],
  functions: [],
  objects: [],
  ...rest,
})
const target = toSchema({})
const withColumn = (...column: Parameters<typeof toColumn>) => toSchema({ columns: [toColumn(...column)] })

it('lets pass what a schema file cannot say', () => {
  const named = [{ name: 'x', definition: 'y' }]
  const found = toSchema(
    {
      constraints: [foreignKey, toConstraint('positive', {}), toConstraint('once', { kind: 'exclusion' })],
      indexes: [
        toIndex('orders_note_idx', { include: ['id'], parameters: ['fillfactor=70'] }),
        toIndex('partial', { where: 'note IS NULL' }),
        toIndex('lower', { keys: ['lower(note)'] }),
        toIndex('once', { method: 'gist' }),
      ],
      triggers: named,
      policies: named,
      rowSecurity: true,
    },
    { views: named, functions: named, extensions: [{ name: 'citext', version: '1.6' }] },
  )
  expect(targetDifferences(target, found)).toEqual([])
})

it('lets pass the partitions of a table, and no other table', () => {
  const beside = (name: string) => {
    const part = {
      ...table,
      name: 'orders_2026',
      properties: [{ name, definition: 'DEFAULT', effect: 'behaviour' as const }],
    }
    return toSchema({}, { tables: [table, part] })
  }
  expect(targetDifferences(target, beside('partition of orders'))).toEqual([])
  expect(targetDifferences(target, beside('inheritance of orders'))).toHaveLength(1)
})

it('tells what a schema file can say: an index too many, a key that was never validated', () => {
  const found = toSchema({
    indexes: [...table.indexes, toIndex('extra')],
    constraints: [{ ...foreignKey, validated: false }],
  })
  expect(targetDifferences(target, found)).toEqual([
    expect.stringContaining('orders: constraint orders_owner_fkey: expected'),
    'orders: index extra is extra (btree (note))',
  ])
})

it('tells when something unsayable that the file does have is missing', () => {
  const expected = toSchema({ indexes: [toIndex('orders_note_idx', { where: 'note IS NULL' })] })
  expect(targetDifferences(expected, toSchema({ indexes: [] }))).toEqual([
    'orders: index orders_note_idx is missing (btree (note))',
  ])
})

it('tells a part under another name once', () => {
  const found = toSchema({ constraints: [{ ...foreignKey, name: 'fk1' }], indexes: [toIndex('idx1')] })
  expect(targetDifferences(target, found)).toEqual([
    'orders: constraint orders_owner_fkey has the name fk1 (FOREIGN KEY (id) REFERENCES owners (id) ON DELETE CASCADE ON UPDATE CASCADE)',
    'orders: index orders_note_idx has the name idx1 (btree (note))',
  ])
})

it.for([
  [withColumn('text[]', 'ARRAY[]::text[]'), withColumn('text[]', `'{}'::text[]`)],
  [withColumn('text[]', `ARRAY['a'::text, 'b'::text]`), withColumn('text[]', `'{a,b}'::text[]`)],
  [
    withColumn('timestamp(3) without time zone', 'CURRENT_TIMESTAMP'),
    withColumn('timestamp(3) without time zone', 'now()'),
  ],
  [withColumn('numeric(10,2)', '0'), withColumn('numeric(10,2)', '0.00')],
  [withColumn('numeric(10,2)', '1.5'), withColumn('numeric(10,2)', `'1.50'::numeric`)],
  [withColumn('integer', `nextval('s'::regclass)`), withColumn('integer', null, 'identity-by-default')],
  [withColumn('integer', null), withColumn('integer', null, 'stored: (1 + 1)')],
] as const)('takes one spelling of a default for the other: %#', ([expected, found]) => {
  expect(targetDifferences(expected, found)).toEqual([])
  const other = withColumn('text', `'other'::text`)
  expect(targetDifferences(expected, other)).toHaveLength(1)
})

it('takes a list that may be NULL for one that may not, and no other column', () => {
  const required = (type: string) => toSchema({ columns: [{ ...toColumn(type, null), nullable: false }] })
  expect(targetDifferences(withColumn('text[]', null), required('text[]'))).toEqual([])
  expect(targetDifferences(withColumn('text', null), required('text'))).toHaveLength(1)
})

it('takes the order of enum values for no difference, and names the enum', () => {
  const state = (...values: string[]) =>
    toSchema({}, { enums: [{ namespace: 'public', name: 'State', values }] })
  expect(targetDifferences(state('OPEN', 'PAID'), state('PAID', 'OPEN'))).toEqual([])
  expect(listReordered(state('PAID', 'OPEN'), state('OPEN', 'PAID'))).toEqual(['State'])
  expect(targetDifferences(state('OPEN', 'PAID'), state('OPEN'))).toEqual([
    'enum State: expected OPEN, PAID, found OPEN',
  ])
})

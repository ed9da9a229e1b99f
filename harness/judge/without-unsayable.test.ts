import { expect, it } from 'vitest'
import type { IndexModel, SchemaModel, TableModel } from '../model/schema-model.ts'
import { schemaDifferences } from './differences.ts'
import { withoutUnsayable } from './without-unsayable.ts'

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
const table: TableModel = {
  namespace: 'public',
  name: 'orders',
  persistence: 'permanent',
  rowSecurity: false,
  columns: [],
  constraints: [],
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
  objects: [],
  views: [],
  functions: [],
  ...rest,
})
const reference = toSchema({})
const differences = (found: SchemaModel, expected = reference) =>
  schemaDifferences(expected, withoutUnsayable(found, expected))

it('lets pass what a Prisma schema cannot say', () => {
  const named = [{ name: 'x', definition: 'y' }]
  const constraint = {
    columns: [],
    definition: 'x',
    validated: true,
    deferrable: false,
    initiallyDeferred: false,
    noInherit: false,
    disabledOn: [],
    references: null,
  }
  const found = toSchema(
    {
      constraints: [{ name: 'positive', kind: 'check', ...constraint }],
      indexes: [
        ...table.indexes,
        toIndex('partial', { where: 'note IS NULL' }),
        toIndex('lower', { keys: ['lower(note)'] }),
      ],
      triggers: named,
      policies: named,
      rowSecurity: true,
    },
    { views: named, functions: named, extensions: [{ name: 'citext', version: '1.6' }] },
  )
  expect(differences(found)).toEqual([])
})

it('tells what a Prisma schema can say: an index too many', () => {
  const found = toSchema({ indexes: [...table.indexes, toIndex('extra')] })
  expect(differences(found)).toEqual(['orders: index extra is extra (CREATE INDEX extra)'])
})

it('tells when something unsayable that the reference does have is missing', () => {
  const expected = toSchema({ indexes: [toIndex('orders_note_idx', { where: 'note IS NULL' })] })
  expect(differences(toSchema({ indexes: [] }), expected)).toEqual([
    'orders: index orders_note_idx is missing (CREATE INDEX orders_note_idx)',
  ])
})

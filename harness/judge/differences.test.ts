import { describe, expect, it } from 'vitest'
import type { SchemaModel, TableModel } from '../model/schema-model.ts'
import { schemaDifferences } from './differences.ts'

const orders: TableModel = {
  namespace: 'public',
  name: 'orders',
  persistence: 'permanent',
  rowSecurity: false,
  columns: [
    {
      name: 'id',
      type: 'integer',
      nullable: false,
      default: null,
      generated: 'identity-by-default',
      collation: null,
    },
    { name: 'note', type: 'text', nullable: true, default: `''::text`, generated: null, collation: null },
  ],
  constraints: [
    {
      name: 'orders_check',
      kind: 'check',
      columns: ['id'],
      definition: 'CHECK ((id > 0))',
      validated: true,
      deferrable: false,
      initiallyDeferred: false,
      noInherit: false,
      disabledOn: [],
      references: null,
    },
  ],
  indexes: [
    {
      name: 'orders_note_idx',
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
      definition: 'CREATE INDEX orders_note_idx ON public.orders USING btree (note)',
    },
  ],
  triggers: [{ name: 'orders_touch', definition: 'CREATE TRIGGER orders_touch …' }],
  policies: [],
  properties: [],
}

const shop: SchemaModel = {
  tables: [orders],
  enums: [{ namespace: 'public', name: 'State', values: ['OPEN', 'PAID'] }],
  sequences: [
    {
      namespace: 'public',
      name: 'counter',
      type: 'bigint',
      increment: '1',
      limit: '2147483647',
      nextValue: '1',
      file: '16400',
      ownedBy: null,
      feeds: [],
    },
  ],
  views: [],
  functions: [],
  extensions: [{ name: 'pgcrypto', version: '1.3' }],
  objects: [],
}

function withOrders(changes: Partial<TableModel>): SchemaModel {
  return { ...shop, tables: [{ ...orders, ...changes }] }
}

function changeFirst<T>([first, ...rest]: readonly T[], changes: Partial<T>): T[] {
  return first === undefined ? [] : [{ ...first, ...changes }, ...rest]
}

const cases: readonly { claim: string; found: SchemaModel; says: string }[] = [
  { claim: 'a missing table', found: { ...shop, tables: [] }, says: 'table orders is missing' },
  {
    claim: 'an extra table',
    found: { ...shop, tables: [orders, { ...orders, namespace: 'audit' }] },
    says: 'table audit.orders is extra',
  },
  {
    claim: 'a lost identity',
    found: withOrders({ columns: changeFirst(orders.columns, { generated: null }) }),
    says: 'orders: column id: expected integer not null identity-by-default, found integer not null',
  },
  {
    claim: 'another collation',
    found: withOrders({ columns: changeFirst(orders.columns, { collation: 'C' }) }),
    says: 'orders: column id: expected integer not null identity-by-default, found integer not null identity-by-default collate C',
  },
  {
    claim: 'a constraint that was not validated',
    found: withOrders({ constraints: changeFirst(orders.constraints, { validated: false }) }),
    says: 'orders: constraint orders_check: expected CHECK ((id > 0)), found CHECK ((id > 0)) [not validated]',
  },
  {
    claim: 'an invalid index',
    found: withOrders({ indexes: changeFirst(orders.indexes, { valid: false }) }),
    says: 'orders: index orders_note_idx: expected CREATE INDEX orders_note_idx ON public.orders USING btree (note), found CREATE INDEX orders_note_idx ON public.orders USING btree (note) [invalid]',
  },
  {
    claim: 'a missing trigger',
    found: withOrders({ triggers: [] }),
    says: 'orders: trigger orders_touch is missing (CREATE TRIGGER orders_touch …)',
  },
  {
    claim: 'an unlogged table',
    found: withOrders({ persistence: 'unlogged' }),
    says: 'orders: persistence: expected permanent, found unlogged',
  },
  {
    claim: 'row security',
    found: withOrders({ rowSecurity: true }),
    says: 'orders: row security: expected off, found on',
  },
  {
    claim: 'enum values in another order',
    found: { ...shop, enums: [{ namespace: 'public', name: 'State', values: ['PAID', 'OPEN'] }] },
    says: 'enum State: expected OPEN, PAID, found PAID, OPEN',
  },
  {
    claim: 'a sequence of another type',
    found: { ...shop, sequences: changeFirst(shop.sequences, { type: 'integer' }) },
    says: 'sequence counter: expected bigint by 1, found integer by 1',
  },
  {
    claim: 'a missing extension',
    found: { ...shop, extensions: [], objects: [] },
    says: 'extension pgcrypto is missing (1.3)',
  },
]

describe('schemaDifferences', () => {
  it('finds none between a schema and itself', () => {
    expect(schemaDifferences(shop, structuredClone(shop))).toEqual([])
  })

  it.for(cases)('names $claim', ({ found, says }) => {
    expect(schemaDifferences(shop, found)).toEqual([says])
  })

  it('takes the order of columns for no difference', () => {
    const turned = withOrders({ columns: orders.columns.toReversed() })
    expect(schemaDifferences(shop, turned)).toEqual([])
  })

  it('takes the position of a sequence for data', () => {
    const moved = { ...shop, sequences: changeFirst(shop.sequences, { nextValue: '900' }) }
    expect(schemaDifferences(shop, moved)).toEqual([])
  })
})

import {
  accepts,
  check,
  column,
  enumType,
  has,
  noTable,
  optional,
  refuses,
  required,
  sameSchemaAs,
  sequence,
  table,
} from 'phaseproof'
import { shopScenario } from '../shop.ts'

/**
 * Nothing is wrong here: the shop of all broken scenarios, with a change that keeps its promises. It states every
 * kind of expectation, so what a broken scenario fails by is shown to pass as well.
 */
export default shopScenario({
  folder: 'healthy',
  title: 'The shop ships what it sells',
  claims: { tables: { there: ['customers', 'orders'], missing: ['refunds'] } },
  target: { schema: 'scenarios/broken/healthy/schema.prisma' },
  phases: [
    {
      migrations: ['20260112090000_refunds'],
      changes: ['OrderState', 'orders'],
      expect: [
        enumType('OrderState', ['OPEN', 'PAID', 'SHIPPED', 'REFUNDED']),
        column('orders', 'state', required('public."OrderState"', { default: "'OPEN'" })),
        column('orders', 'refundedAt', optional('timestamp(3)')),
        noTable('shipments'),
      ],
    },
    {
      migrations: ['20260113090000_shipments'],
      changes: ['shipments'],
      expect: [
        table('shipments', {
          columns: {
            id: required('int4', { default: `nextval('public.shipments_id_seq'::regclass)` }),
            orderId: required('int4'),
            parcel: required('text'),
            weightGrams: required('int4'),
          },
          exactly: true,
          primaryKey: ['id'],
          uniques: [['orderId', 'parcel']],
          foreignKeys: [
            { columns: ['orderId'], references: { table: 'orders', columns: ['id'] }, onDelete: 'CASCADE' },
          ],
          indexes: [{ keys: ['weightGrams'], where: '("weightGrams" > 30000)' }],
        }),
        check('shipments', 'shipments_weightGrams_check', 'CHECK (("weightGrams" > 0))'),
        sequence('shipments_id_seq', { feeds: 'shipments.id' }),
        has('shipments', 'row security', 'off'),
        accepts(
          'an order ships in two parcels',
          `INSERT INTO "shipments" ("orderId", "parcel", "weightGrams") VALUES (1, 'one', 200), (1, 'two', 300)`,
        ),
        refuses(
          'a parcel without weight',
          '23514',
          `INSERT INTO "shipments" ("orderId", "parcel", "weightGrams") VALUES (1, 'one', 0)`,
        ),
        sameSchemaAs('linear'),
      ],
    },
  ],
  alternatives: [{ title: 'Shipments first', order: [2, 1] }],
})

import { column, type FindingKind, required, sequence } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'wrong-sequence'

/** The ids were made bigint, the sequence that feeds them was not: it still ends at 2147483647. */
export default shopScenario({
  folder: 'wrong-sequence',
  title: 'A sequence smaller than its column',
  phases: [
    {
      migrations: ['20260112090000_many_customers'],
      changes: ['customers', 'orders'],
      expect: [
        column(
          'customers',
          'id',
          required('int8', { default: `nextval('public.customers_id_seq'::regclass)` }),
        ),
        sequence('customers_id_seq', { feeds: 'customers.id' }),
      ],
    },
  ],
})

import { column, required, table } from 'phaseproof'
import { shopScenario } from '../shop.ts'

/** The first rollback marks its row of the history as the tool itself does, the second one takes it out. */
export default shopScenario({
  folder: 'healthy-undone',
  title: 'Two phases that are undone one after another',
  phases: [
    {
      migrations: ['20260112090000_coupons'],
      changes: ['coupons'],
      expect: [
        table('coupons', { columns: { id: required('int4'), code: required('text') }, primaryKey: ['id'] }),
      ],
    },
    {
      migrations: ['20260113090000_coupon_codes'],
      changes: ['coupon_codes'],
      expect: [column('coupons', 'code', required('text'))],
    },
  ],
})

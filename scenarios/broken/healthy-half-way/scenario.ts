import { required, table } from 'phaseproof'
import { shopScenario } from '../shop.ts'

/** Each statement is committed by itself, and each phase has another way on from between two of them. */
export default shopScenario({
  folder: 'healthy-half-way',
  title: 'Deploys that may die between two statements',
  tool: { name: 'prisma', version: '7.10.0' },
  phases: [
    {
      migrations: ['20260112090000_coupons'],
      changes: ['coupons'],
      expect: [toTable('coupons')],
    },
    {
      migrations: ['20260113090000_vouchers'],
      changes: ['vouchers'],
      expect: [toTable('vouchers')],
    },
    {
      migrations: ['20260114090000_gifts'],
      changes: ['gifts'],
      expect: [toTable('gifts')],
    },
  ],
})

function toTable(name: string) {
  return table(name, {
    columns: { id: required('int4'), code: required('text') },
    primaryKey: ['id'],
    uniques: [['code']],
  })
}

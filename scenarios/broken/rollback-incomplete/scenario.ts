import { type FindingKind, required, table } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'rollback-incomplete'

/** Postgres reads the name in lower case and finds no such table, which IF EXISTS makes a success; and the history is forgotten. */
export default shopScenario({
  folder: 'rollback-incomplete',
  title: 'A rollback that writes the name of its table without quotation marks',
  phases: [
    {
      migrations: ['20260112090000_coupons'],
      changes: ['Coupons'],
      expect: [
        table('Coupons', { columns: { id: required('int4'), code: required('text') }, primaryKey: ['id'] }),
      ],
    },
  ],
})

import { type FindingKind, sequence, table } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'sequence-behind'

/** Rows written with their own ids do not move the sequence: the next insert takes an id that is there already. */
export default shopScenario({
  folder: 'sequence-behind',
  title: 'A sequence that will collide',
  phases: [
    {
      migrations: ['20260112090000_carriers'],
      changes: ['carriers'],
      expect: [table('carriers'), sequence('carriers_id_seq')],
    },
  ],
})

import { column, type FindingKind, optional } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'recorded-without-effects'

/** Its phase repairs the recorded migration too late: one before it reads what is missing. */
export default shopScenario({
  folder: 'recorded-without-effects-needed',
  title: 'A phase that needs what a recorded migration never made',
  snapshot: 'shop-untrue',
  phases: [
    {
      migrations: ['20260112090000_tiers'],
      recorded: ['20251020090000_loyalty'],
      changes: ['customers'],
      expect: [column('customers', 'tier', optional('text'))],
    },
  ],
  untrue: { '20251020090000_loyalty': 'The loyalty programme never began.' },
})

import { column, type FindingKind, optional } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'recorded-without-effects'

/** Somebody had a migration recorded as applied that nobody ever ran, so every deploy passes it over. */
export default shopScenario({
  folder: 'recorded-without-effects',
  title: 'A migration that the history claims and nobody ran',
  snapshot: 'shop-untrue',
  phases: [
    {
      migrations: ['20260112090000_gift_notes'],
      recorded: ['20251020090000_loyalty'],
      changes: ['orders'],
      expect: [column('orders', 'giftNote', optional('text'))],
    },
  ],
})

import { type FindingKind, index } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'precondition-unmet'

/** Masked addresses are all in lower case; when the snapshot was captured, production held two that differ from others by case only. */
export default shopScenario({
  folder: 'precondition-unmet',
  title: 'A unique index that only the masked rows satisfy',
  snapshot: 'shop-asked',
  phases: [
    {
      migrations: ['20260112090000_emails'],
      changes: ['customers'],
      expect: [index('customers', { keys: ['lower(email)'], unique: true })],
    },
  ],
})

import { type FindingKind, refuses, table } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'probe-accepted'

/** Two NULLs are not equal to a unique index, so customers without a campaign vote as often as they like. */
export default shopScenario({
  folder: 'probe-accepted',
  title: 'A rule with a hole',
  phases: [
    {
      migrations: ['20260112090000_votes'],
      changes: ['votes'],
      expect: [
        table('votes', { uniques: [['customerId', 'campaign']] }),
        refuses(
          'a customer votes twice outside of campaigns',
          '23505',
          `INSERT INTO "votes" ("customerId") VALUES (1); INSERT INTO "votes" ("customerId") VALUES (1)`,
        ),
      ],
    },
  ],
})

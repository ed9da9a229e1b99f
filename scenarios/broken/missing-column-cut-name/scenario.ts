import { column, type FindingKind, optional } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'missing-column'

/** Postgres keeps 63 bytes of a name and says so in a notice that nobody reads. */
export default shopScenario({
  folder: 'missing-column-cut-name',
  title: 'A column whose name Postgres cuts',
  phases: [
    {
      migrations: ['20260112090000_instructions'],
      changes: ['*'],
      expect: [
        column(
          'orders',
          'deliveryInstructionsThatTheCustomerWroteDownForTheDriverOfTheSecondVan',
          optional('text'),
        ),
      ],
    },
  ],
})

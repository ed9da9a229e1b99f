import { column, type FindingKind, foreignKey, optional } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'foreign-key-not-enforced'

/** The import switched all triggers off, those of the foreign key too, and never on again. */
export default shopScenario({
  folder: 'foreign-key-not-enforced',
  title: 'A foreign key without its triggers',
  phases: [
    {
      migrations: ['20260112090000_import_notes'],
      changes: ['orders'],
      expect: [
        column('orders', 'imported', optional('text')),
        foreignKey('orders', {
          columns: ['customerId'],
          references: { table: 'customers', columns: ['id'] },
          onDelete: 'RESTRICT',
        }),
      ],
    },
  ],
})

import { type FindingKind, required, table } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'second-deploy-changes'

/** The setting holds for the sessions to come: the next deploy looks for the history in the new namespace, and finds none. */
export default shopScenario({
  folder: 'second-deploy-changes',
  title: 'A migration that moves the database to a namespace of its own',
  phases: [
    {
      migrations: ['20260112090000_namespace'],
      changes: ['*'],
      expect: [table('app.coupons', { columns: { code: required('text') } })],
    },
  ],
})

import { defineScenario } from 'phaseproof'
import foundation from './phases/01-foundation/phase.ts'
import ems from './phases/02-ems/phase.ts'
import healthcare from './phases/03-healthcare/phase.ts'
import transport from './phases/04-transport/phase.ts'
import referenceData from './phases/05-reference-data/phase.ts'
import analytics from './phases/06-analytics/phase.ts'
import costs from './phases/07-costs/phase.ts'
import notifications from './phases/08-notifications/phase.ts'
import units from './phases/09-units/phase.ts'

/**
 * The catch-up plan of 6 January 2026, made provable: nine phases that bring production to the schema of the other
 * environments.
 */
export default defineScenario({
  name: 'tcc-catch-up',
  title: 'TCC database catch-up, January 2026',
  snapshot: 'snapshots/tcc-production',
  migrations: 'migrations/tcc',
  tool: { name: 'prisma', version: '7.3.0' },
  target: { schema: 'migrations/tcc/schema.prisma' },
  server: { module: './server/app.ts' },
  earlierServers: { deployed: { server: { module: './server/deployed/app.ts' } } },
  contract: { document: './openapi.yaml', sweep: './sweep.ts' },
  alternatives: [
    { title: 'Alternative Sequence (if phase 4 is too risky)', order: [1, 2, 3, 4, 5, 6, 7, 8, 9] },
    {
      title: 'Phase 4 put off to the end',
      order: [1, 2, 3, 8, 5, 6, 7, 9, 4],
      fails: {
        phase: 5,
        because: 'transports and trips point to pickup locations, by columns that phase 4 brings',
      },
    },
    { title: 'What can come before phase 4', order: [1, 2, 3, 8, 4, 5, 6, 7, 9] },
  ],
  phases: [foundation, ems, healthcare, transport, referenceData, analytics, costs, notifications, units],
})

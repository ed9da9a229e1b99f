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
 * The catch-up plan of 6 January 2026 word for word, with migrations such as three applications leave that share a folder, on
 * production as it was found. It is meant to be disproven, by `disproven.golden.md`.
 */
export default defineScenario({
  name: 'tcc-as-written',
  title: 'TCC database catch-up as it was written',
  snapshot: 'snapshots/tcc-as-found',
  migrations: 'migrations/tcc-as-written',
  tool: { name: 'prisma', version: '7.3.0' },
  target: { schema: 'migrations/tcc/schema.prisma' },
  claims: {
    tables: {
      there: ['center_users', 'hospitals', 'trips', 'units', 'facilities', 'system_analytics'],
      missing: [
        'healthcare_users',
        'healthcare_locations',
        'healthcare_agency_preferences',
        'healthcare_destinations',
        'transport_requests',
        'agency_responses',
        'ems_users',
        'ems_agencies',
        'dropdown_categories',
        'dropdown_options',
        'pickup_locations',
        'pricing_models',
        'route_optimization_settings',
        'trip_cost_breakdown',
        'cost_centers',
        'backhaul_opportunities',
        'unit_analytics',
        'notification_preferences',
        'notification_logs',
      ],
    },
  },
  phases: [foundation, ems, healthcare, transport, referenceData, analytics, costs, notifications, units],
})

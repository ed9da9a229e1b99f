import { definePhase, table } from 'phaseproof'

/** Phase 7 as the plan has it. */
export default definePhase({
  id: 7,
  name: '07-costs',
  title: 'Cost Management',
  goal: 'Create cost management tables',
  risk: 'low',
  dependsOn: [],
  estimateMinutes: 30,
  migrations: [
    '20250917165001_add_crew_cost_management',
    '20250917165101_add_crew_cost_management_ems',
    '20250917170740_add_pricing_models',
    '20250917180000_add_trip_cost_breakdown_and_cost_centers',
  ],
  changes: ['pricing_models', 'trip_cost_breakdown', 'cost_centers', 'backhaul_opportunities'],
  expect: [
    // - [ ] Verify cost management tables exist
    table('pricing_models', { primaryKey: ['id'] }),
    table('trip_cost_breakdown', { primaryKey: ['id'] }),
    table('cost_centers', { primaryKey: ['id'] }),
    table('backhaul_opportunities', { primaryKey: ['id'] }),
  ],
})

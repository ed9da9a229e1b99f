import { definePhase, table } from 'phaseproof'

/** Phase 6 as the plan has it. */
export default definePhase({
  id: 6,
  name: '06-analytics',
  title: 'Analytics & Optimization',
  goal: 'Create analytics and optimization tables',
  risk: 'low',
  dependsOn: [],
  estimateMinutes: 30,
  migrations: [
    '20250910191806_add_route_optimization_fields',
    '20250917132535_add_route_optimization_settings',
    '20250917160459_add_analytics_fields',
    '20250917160504_add_unit_analytics_fields',
  ],
  changes: ['unit_analytics', 'route_optimization_settings', 'units'],
  expect: [
    // - [ ] Verify analytics tables exist
    // - [ ] Verify units table has analytics fields
    table('unit_analytics', { primaryKey: ['id'] }),
    table('route_optimization_settings', { primaryKey: ['id'] }),
    table('units', { primaryKey: ['id'] }),
  ],
})

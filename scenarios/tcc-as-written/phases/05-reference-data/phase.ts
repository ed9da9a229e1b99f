import { definePhase, table } from 'phaseproof'

/** Phase 5 as the plan has it. */
export default definePhase({
  id: 5,
  name: '05-reference-data',
  title: 'Dropdown & Reference Data',
  goal: 'Create dropdown and reference data tables',
  risk: 'low',
  dependsOn: [],
  estimateMinutes: 30,
  migrations: ['20250910173915_add_dropdown_options_model', '20251209140000_add_dropdown_categories'],
  changes: ['dropdown_categories', 'dropdown_options', 'pickup_locations'],
  expect: [
    // - [ ] Verify dropdown tables exist
    // - [ ] Verify pickup_locations table exists
    table('dropdown_categories', { primaryKey: ['id'] }),
    table('dropdown_options', { primaryKey: ['id'] }),
    table('pickup_locations', { primaryKey: ['id'] }),
  ],
})

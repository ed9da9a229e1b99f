import { definePhase, table } from 'phaseproof'

/** Phase 3 as the plan has it. */
export default definePhase({
  id: 3,
  name: '03-healthcare',
  title: 'Healthcare Foundation',
  goal: 'Create healthcare-related tables needed for trip creation',
  risk: 'medium',
  dependsOn: [2],
  estimateMinutes: 60,
  migrations: [
    '20251008113055_add_multi_location_healthcare',
    '20251008124127_add_gps_coordinates_to_healthcare_locations',
    '20251102101911_add_healthcare_destinations',
    '20251102140000_add_healthcare_agency_preferences',
  ],
  changes: [
    'healthcare_users',
    'healthcare_locations',
    'healthcare_destinations',
    'healthcare_agency_preferences',
  ],
  expect: [
    // - [ ] Verify all healthcare tables exist
    table('healthcare_users', { primaryKey: ['id'] }),
    table('healthcare_locations', { primaryKey: ['id'] }),
    table('healthcare_destinations', { primaryKey: ['id'] }),
    table('healthcare_agency_preferences', { primaryKey: ['id'] }),
  ],
})

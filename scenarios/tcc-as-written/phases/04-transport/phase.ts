import { definePhase, table } from 'phaseproof'

/** Phase 4 as the plan has it. */
export default definePhase({
  id: 4,
  name: '04-transport',
  title: 'Transport & Trip Tables',
  goal: 'Create transport request and trip-related tables',
  risk: 'high',
  dependsOn: [2, 3],
  estimateMinutes: 120,
  migrations: [
    '20250908204607_enhanced_trip_schema',
    '20250908204620_enhanced_trip_schema',
    '20250908204633_enhanced_trip_schema',
    '20250910173907_add_insurance_field_to_trips',
    '20250910192847_add_insurance_pricing_fields',
    '20250917170718_add_insurance_company_column',
    '20251031133000_add_patient_age_fields',
    '20251116131400_add_separate_completion_timestamps',
  ],
  changes: ['transport_requests', 'trips', 'agency_responses'],
  expect: [
    // - [ ] Verify `transport_requests` table exists
    // - [ ] Verify `agency_responses` table exists
    // - [ ] Verify `trips` table has all columns
    table('transport_requests', { primaryKey: ['id'] }),
    table('agency_responses', { primaryKey: ['id'] }),
    table('trips', { primaryKey: ['id'] }),
  ],
})

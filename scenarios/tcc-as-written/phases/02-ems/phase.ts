import { definePhase, table } from 'phaseproof'

/** Phase 2 as the plan has it. */
export default definePhase({
  id: 2,
  name: '02-ems',
  title: 'EMS Foundation',
  goal: 'Create EMS-related tables needed for dispatch/acceptance',
  risk: 'medium',
  dependsOn: [],
  estimateMinutes: 60,
  migrations: [
    '20250909170057_add_agency_relationship_to_ems_user',
    '20251204130000_add_ems_agency_availability_status',
  ],
  changes: ['ems_users', 'ems_agencies'],
  expect: [
    // - [ ] Verify `ems_users` table exists
    // - [ ] Verify `ems_agencies` table exists with all columns
    table('ems_users', { primaryKey: ['id'] }),
    table('ems_agencies', { primaryKey: ['id'] }),
  ],
})

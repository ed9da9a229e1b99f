import { column, definePhase, required, table } from 'phaseproof'

/** Phase 1 as the plan has it. */
export default definePhase({
  id: 1,
  name: '01-foundation',
  title: 'Foundation Tables',
  goal: 'Create base tables that other tables depend on',
  risk: 'low',
  dependsOn: [],
  estimateMinutes: 30,
  migrations: ['20250917170653_add_center_tables', '20251204101500_add_user_deletion_fields'],
  changes: ['center_users', 'ems_users', 'healthcare_users'],
  expect: [
    // - [ ] Verify `center_users` table has all columns
    // - [ ] Verify user deletion fields exist
    table('center_users', { primaryKey: ['id'] }),
    column('center_users', 'isDeleted', required('boolean', { default: 'false' })),
    column('healthcare_users', 'isDeleted', required('boolean', { default: 'false' })),
    column('ems_users', 'isDeleted', required('boolean', { default: 'false' })),
  ],
})

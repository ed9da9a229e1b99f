import { definePhase, table } from 'phaseproof'

/** Phase 9 as the plan has it. */
export default definePhase({
  id: 9,
  name: '09-units',
  title: 'Unit Enhancements',
  goal: 'Update units table with all enhancements',
  risk: 'low',
  dependsOn: [],
  estimateMinutes: 30,
  migrations: [
    '20250909152957_enhance_unit_model',
    '20250909155719_q',
    '20250909163838_replace_shift_times_with_onduty',
    '20250909171727_remove_ison_duty_field',
  ],
  changes: ['units'],
  expect: [
    // - [ ] Verify units table has all columns
    table('units', { primaryKey: ['id'] }),
  ],
})

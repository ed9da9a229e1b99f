import { definePhase, table } from 'phaseproof'

/** Phase 8 as the plan has it. */
export default definePhase({
  id: 8,
  name: '08-notifications',
  title: 'Notifications',
  goal: 'Create notification tables',
  risk: 'low',
  dependsOn: [1],
  estimateMinutes: 30,
  migrations: [],
  withoutMigrations: 'the plan lists the tables and names no migration',
  changes: ['notification_preferences', 'notification_logs'],
  expect: [
    // - [ ] Verify notification tables exist
    table('notification_preferences', { primaryKey: ['id'] }),
    table('notification_logs', { primaryKey: ['id'] }),
  ],
})

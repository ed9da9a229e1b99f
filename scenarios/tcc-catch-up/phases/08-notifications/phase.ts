import { accepts, definePhase, optional, refuses, required, table } from 'phaseproof'

/** Rows for the probes, with the columns that have no default. */
const USER = `
  INSERT INTO "center_users" ("id", "email", "password", "name", "userType", "updatedAt")
    VALUES ('probe-user', 'probe@phaseproof.test', 'x', 'Probe', 'USER', now());`

const PREFERENCE = `
  INSERT INTO "notification_preferences" ("id", "userId", "notificationType", "updatedAt")
    VALUES ('probe-preference', 'probe-user', 'TRIP_ACCEPTED', now());`

const LOG = `
  INSERT INTO "notification_logs" ("id", "userId", "notificationType", "channel", "status")
    VALUES ('probe-log', 'probe-user', 'TRIP_ACCEPTED', 'email', 'SENT');`

/** Phase 8 of the catch-up: what people of the control center want to be told, and what they were told. */
export default definePhase({
  id: 8,
  name: '08-notifications',
  title: 'Notifications',
  goal: 'Create notification tables',
  risk: 'low',
  dependsOn: [{ phase: 1, because: 'the server reads in center_users who is told by which channel.' }],
  estimateMinutes: 30,
  migrations: ['20260106080000_phase8_notifications'],
  changes: ['notification_preferences', 'notification_logs'],

  faults: [
    {
      plan: 'Two tables are created; no migration is named.',
      fact: 'None of the 30 creates either of them.',
      mend: 'A gap migration creates both with their foreign keys.',
    },
    {
      plan: 'Test notification preferences (should work).',
      fact: 'Reading the preferences and the statistics answered 200 with defaults and zeros while the tables were missing.',
      mend: 'What is stored must be what is read.',
    },
    {
      plan: 'Test notification endpoints (should work).',
      fact: 'Preferences and log refer to center_users only; storing them for healthcare or EMS users always fails on the foreign key.',
      mend: 'The refusal is expected here; the endpoints are called as a user of the control center.',
    },
  ],

  expect: [
    // - [ ] Verify notification tables exist
    table('notification_preferences', {
      exactly: true,
      columns: {
        id: required('text'),
        userId: required('text'),
        notificationType: required('text'),
        emailEnabled: required('boolean', { default: 'true' }),
        smsEnabled: required('boolean', { default: 'false' }),
        createdAt: required('timestamp(3)', { default: 'CURRENT_TIMESTAMP' }),
        updatedAt: required('timestamp(3)'),
      },
      primaryKey: ['id'],
      uniques: [['userId', 'notificationType']],
      foreignKeys: [
        { columns: ['userId'], references: { table: 'center_users', columns: ['id'] }, onDelete: 'CASCADE' },
      ],
    }),
    table('notification_logs', {
      exactly: true,
      columns: {
        id: required('text'),
        userId: required('text'),
        notificationType: required('text'),
        channel: required('text'),
        status: required('text'),
        sentAt: required('timestamp(3)', { default: 'CURRENT_TIMESTAMP' }),
        deliveredAt: optional('timestamp(3)'),
        errorMessage: optional('text'),
      },
      primaryKey: ['id'],
      foreignKeys: [
        { columns: ['userId'], references: { table: 'center_users', columns: ['id'] }, onDelete: 'CASCADE' },
      ],
    }),

    // - [ ] Test notification endpoints (should work)
    accepts(
      'a sent notification is logged with its time, and one that failed with its error',
      `${USER}${LOG}
      INSERT INTO "notification_logs" ("id", "userId", "notificationType", "channel", "status",
        "errorMessage")
        VALUES ('probe-log-2', 'probe-user', 'TRIP_ACCEPTED', 'sms', 'FAILED', 'no route');
      DO $$ BEGIN
        ASSERT (SELECT count(*) = 2 FROM "notification_logs"
          WHERE "userId" = 'probe-user' AND "sentAt" IS NOT NULL AND "deliveredAt" IS NULL), 'log';
      END $$;
      `,
    ),
    refuses(
      'a log entry for somebody who is no user of the control center is refused',
      '23503',
      `${LOG}
      `,
    ),
    refuses(
      'a log entry without channel is refused',
      '23502',
      `${USER}
      INSERT INTO "notification_logs" ("id", "userId", "notificationType", "status")
        VALUES ('probe-log', 'probe-user', 'TRIP_ACCEPTED', 'SENT');
      `,
    ),

    // - [ ] Test notification preferences (should work)
    accepts(
      'a preference that names no channel means e-mail and no text message',
      `${USER}${PREFERENCE}
      DO $$ BEGIN
        ASSERT (SELECT "emailEnabled" AND NOT "smsEnabled" FROM "notification_preferences"
          WHERE "id" = 'probe-preference'),
          'defaults';
      END $$;
      `,
    ),
    accepts(
      'one user has one preference for each of two types',
      `${USER}${PREFERENCE}
      INSERT INTO "notification_preferences" ("id", "userId", "notificationType", "updatedAt")
        VALUES ('probe-preference-2', 'probe-user', 'TRIP_CANCELLED', now());
      `,
    ),
    refuses(
      'a second preference of one user for one type is refused',
      '23505',
      `${USER}${PREFERENCE}
      INSERT INTO "notification_preferences" ("id", "userId", "notificationType", "updatedAt")
        VALUES ('probe-preference-2', 'probe-user', 'TRIP_ACCEPTED', now());
      `,
    ),
    refuses(
      'a preference of somebody who is no user of the control center is refused',
      '23503',
      `${PREFERENCE}
      `,
    ),
    accepts(
      'a user that goes takes preferences and log along',
      `${USER}${PREFERENCE}${LOG}
      DELETE FROM "center_users" WHERE "id" = 'probe-user';
      DO $$ BEGIN
        ASSERT NOT EXISTS (SELECT FROM "notification_preferences" WHERE "userId" = 'probe-user'),
          'preferences';
        ASSERT NOT EXISTS (SELECT FROM "notification_logs" WHERE "userId" = 'probe-user'), 'log';
      END $$;
      `,
    ),
  ],
})

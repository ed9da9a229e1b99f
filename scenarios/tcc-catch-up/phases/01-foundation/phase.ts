import { accepts, column, definePhase, noTable, optional, refuses, required, table } from 'phaseproof'

/** Phase 1 of the catch-up: the accounts of the control center get their last seven columns. */
export default definePhase({
  id: 1,
  name: '01-foundation',
  title: 'Foundation tables',
  goal: 'Create the base tables that other tables depend on',
  risk: 'low',
  dependsOn: [],
  estimateMinutes: 30,
  migrations: [
    '20250917170653_add_center_tables',
    '20251204101500_add_user_deletion_fields',
    '20260106010000_phase1_center_user_notification_and_login',
  ],
  changes: ['center_users'],

  faults: [
    {
      plan: 'The 30 migrations are applied in nine groups with `prisma migrate deploy`.',
      fact: 'Deploy applies everything that is pending, in name order: neither a subset nor another order. Phase 1 starts with nos. 18 and 28.',
      mend: 'Each phase is staged into a folder that holds what is applied already and the files of this phase, and nothing else.',
    },
    {
      plan: 'Verify each phase by reading `_prisma_migrations`.',
      fact: 'Production records five migrations; three of them never ran. A complete history makes deploy apply nothing at all.',
      mend: 'The catalogs are judged, not the history alone. Phases 2, 4 and 7 repair what the recorded migrations never did.',
    },
    {
      plan: 'Low risk: `20250917170653_add_center_tables` adds nullable columns.',
      fact: 'The historical file drops crew_roles, ems_users, transport_requests, units and ems_agencies."addedBy"/"addedAt", then creates six tables.',
      mend: 'Ours creates what is missing and drops nothing. The two columns of ems_agencies are expected below.',
    },
    {
      plan: 'center_users gets its notification fields from the two migrations of this phase.',
      fact: 'No migration of the 30 creates phone, emailNotifications, smsNotifications, lastLogin or lastActivity.',
      mend: 'A gap migration of this phase adds them with their indexes.',
    },
    {
      plan: '`20251204101500_add_user_deletion_fields` updates all existing user tables.',
      fact: 'healthcare_users and ems_users do not exist yet. The migration skips a missing table and never comes back to it.',
      mend: 'It serves center_users here; phases 2 and 3 create their user tables with the deletion fields.',
    },
    {
      plan: 'Test user queries (should still work).',
      fact: 'GET /api/auth/users reads all three user tables and fails until phase 3 has created the last of them.',
      mend: 'Accounts of the control center are queried here. The list over all three kinds is asked of phase 3, unchanged; until then the server names the missing table instead of losing all users.',
    },
    {
      plan: 'Verify with GET /api/health.',
      fact: 'The path was /health, and it answered "healthy" without any database.',
      mend: 'GET /health of the unified server asks the database first, and is no proof of any phase.',
    },
    {
      plan: 'Roll back with `DROP COLUMN IF EXISTS column_name`.',
      fact: 'An unquoted camelCase name folds to lower case: a notice, nothing dropped, exit code 0.',
      mend: 'Every identifier in every rollback.sql is quoted, and the script looks at the catalogs before it commits.',
    },
    {
      plan: 'Roll back with `DELETE FROM "_prisma_migrations"`.',
      fact: 'That makes the files pending again: the next deploy runs them.',
      mend: 'rollback.sql says so where it deletes; the phase must leave the deployed folder first.',
    },
    {
      plan: 'Rolling back loses no data, the columns are nullable.',
      fact: 'Dropping isDeleted and deletedAt forgets who was deleted: those people can log in again.',
      mend: 'rollback.sql refuses while a new column holds anything but its default.',
    },
  ],

  expect: [
    // - [ ] Verify `center_users` table has all columns
    // - [ ] Verify user deletion fields exist (those of the other two user tables follow in phases 2 and 3)
    table('center_users', {
      exactly: true,
      columns: {
        id: required('text'),
        email: required('text'),
        password: required('text'),
        name: required('text'),
        userType: required('text'),
        phone: optional('text'),
        emailNotifications: required('boolean', { default: 'true' }),
        smsNotifications: required('boolean', { default: 'false' }),
        isActive: required('boolean', { default: 'true' }),
        deletedAt: optional('timestamp(3)'),
        isDeleted: required('boolean', { default: 'false' }),
        lastLogin: optional('timestamp(3)'),
        lastActivity: optional('timestamp(3)'),
        createdAt: required('timestamp(3)', { default: 'CURRENT_TIMESTAMP' }),
        updatedAt: required('timestamp(3)'),
      },
      primaryKey: ['id'],
      uniques: [['email']],
      indexes: [{ keys: ['isDeleted'] }, { keys: ['lastActivity'] }, { keys: ['lastLogin'] }],
    }),
    noTable('ems_users'),
    noTable('healthcare_users'),

    // No. 18 creates the center's tables where they are missing; in production they stand and stay as they are.
    table('hospitals', {
      exactly: true,
      columns: {
        id: required('text'),
        name: required('text'),
        address: required('text'),
        city: required('text'),
        state: required('text'),
        zipCode: required('text'),
        phone: optional('text'),
        email: optional('text'),
        type: required('text'),
        capabilities: optional('text[]'),
        region: required('text'),
        coordinates: optional('jsonb'),
        latitude: optional('double precision'),
        longitude: optional('double precision'),
        operatingHours: optional('text'),
        isActive: required('boolean', { default: 'true' }),
        requiresReview: required('boolean', { default: 'false' }),
        approvedAt: optional('timestamp(3)'),
        approvedBy: optional('text'),
        createdAt: required('timestamp(3)', { default: 'CURRENT_TIMESTAMP' }),
        updatedAt: required('timestamp(3)'),
      },
      primaryKey: ['id'],
    }),
    table('facilities', { primaryKey: ['id'] }),
    table('trips', { primaryKey: ['id'], uniques: [['tripNumber']] }),
    table('units', { primaryKey: ['id'] }),
    table('system_analytics', { primaryKey: ['id'] }),
    noTable('agencies'),
    noTable('crew_roles'),

    // Added by hand on 4 January; the historical no. 18 dropped them.
    column('ems_agencies', 'addedBy', optional('text')),
    column('ems_agencies', 'addedAt', optional('timestamp(3)', { default: 'CURRENT_TIMESTAMP' })),

    // - [ ] Test user login (should still work)
    accepts(
      'the login of before the phase finds its eight columns and an active user',
      `
      DO $$ BEGIN
        PERFORM "id", "email", "password", "name", "userType", "isActive", "createdAt", "updatedAt"
          FROM "center_users" WHERE "isActive";
        ASSERT FOUND, 'no active user';
      END $$;
      `,
    ),
    accepts(
      'nobody who was there before is deleted, logged in, or asked for text messages by the phase',
      `
      DO $$ BEGIN
        ASSERT NOT EXISTS (
          SELECT FROM "center_users"
          WHERE "isDeleted" OR "deletedAt" IS NOT NULL OR "smsNotifications" OR NOT "emailNotifications"
             OR "lastLogin" IS NOT NULL OR "lastActivity" IS NOT NULL OR "phone" IS NOT NULL
        ), 'a new column holds more than its default';
      END $$;
      `,
    ),
    accepts(
      'a user stored with the columns of before gets the defaults of the new ones',
      `
      INSERT INTO "center_users" ("id", "email", "password", "name", "userType", "updatedAt")
        VALUES ('probe-user', 'probe@phaseproof.test', 'x', 'Probe', 'USER', now());
      DO $$ BEGIN
        ASSERT EXISTS (
          SELECT FROM "center_users"
          WHERE "id" = 'probe-user' AND "isActive" AND "emailNotifications" AND NOT "smsNotifications"
            AND NOT "isDeleted" AND "deletedAt" IS NULL AND "createdAt" IS NOT NULL
        ), 'defaults';
      END $$;
      `,
    ),

    // - [ ] Test user queries (should still work)
    accepts(
      'a user is deleted by mark, keeps its row, and drops out of the list of the living',
      `
      INSERT INTO "center_users" ("id", "email", "password", "name", "userType", "updatedAt")
        VALUES ('probe-user', 'probe@phaseproof.test', 'x', 'Probe', 'USER', now());
      UPDATE "center_users" SET "isDeleted" = true, "deletedAt" = now() WHERE "id" = 'probe-user';
      DO $$ BEGIN
        ASSERT EXISTS (SELECT FROM "center_users" WHERE "id" = 'probe-user'), 'row';
        ASSERT NOT EXISTS (SELECT FROM "center_users" WHERE "id" = 'probe-user' AND NOT "isDeleted"), 'list';
      END $$;
      `,
    ),
    refuses(
      'a second user with the same e-mail address is refused',
      '23505',
      `
      INSERT INTO "center_users" ("id", "email", "password", "name", "userType", "updatedAt")
        VALUES ('probe-user-1', 'probe@phaseproof.test', 'x', 'Probe', 'USER', now());
      INSERT INTO "center_users" ("id", "email", "password", "name", "userType", "updatedAt")
        VALUES ('probe-user-2', 'probe@phaseproof.test', 'x', 'Probe', 'ADMIN', now());
      `,
    ),
    refuses(
      'a user of whom nobody knows whether it is deleted is refused',
      '23502',
      `
      INSERT INTO "center_users" ("id", "email", "password", "name", "userType", "isDeleted", "updatedAt")
        VALUES ('probe-user', 'probe@phaseproof.test', 'x', 'Probe', 'USER', NULL, now());
      `,
    ),
  ],
})

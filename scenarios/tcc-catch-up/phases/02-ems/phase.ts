import { accepts, definePhase, noTable, optional, refuses, required, table } from 'phaseproof'

/** An agency for the probes, with the columns that have no default. */
const AGENCY = `
  INSERT INTO "ems_agencies" ("id", "name", "contactName", "phone", "email", "address", "city", "state",
    "zipCode", "updatedAt")
    VALUES ('probe-agency', 'Probe Ambulance', 'Probe', '555-0100', 'agency@phaseproof.test', '1 Probe Way',
      'Probeton', 'PA', '00000', now());`

/** Phase 2 of the catch-up: accounts of ambulance crews, and agencies with all their columns. */
export default definePhase({
  id: 2,
  name: '02-ems',
  title: 'EMS foundation',
  goal: 'Create the EMS tables needed for dispatch and acceptance',
  risk: 'medium',
  dependsOn: [],
  estimateMinutes: 60,
  migrations: [
    '20250909170057_add_agency_relationship_to_ems_user',
    '20260106020000_phase2_ems_user_accounts',
    '20260106020100_phase2_ems_agency_repair',
  ],
  recorded: ['20251204130000_add_ems_agency_availability_status'],
  repairs: ['20251204130000_add_ems_agency_availability_status'],
  changes: ['ems_users', 'ems_agencies'],
  rewrites: [{ column: 'ems_agencies.addedAt', rows: 35, how: '"createdAt"' }],
  rollbackLeaves: {
    'ems_agencies.addedAt':
      'the days that the phase filled from createdAt stay: which rows were empty is not known any more.',
  },

  faults: [
    {
      plan: '`20251204130000_add_ems_agency_availability_status` adds addedBy and addedAt and is "already applied".',
      fact: 'It adds availabilityStatus only, and here it never ran: history was written by hand. addedBy and addedAt were added by hand too, addedAt with NULLs in old rows.',
      mend: 'The name counts as recorded. A gap migration adds availabilityStatus, fills addedAt from createdAt and makes it NOT NULL.',
    },
    {
      plan: '`20250909170057_add_agency_relationship_to_ems_user` relates users to agencies.',
      fact: 'Production has no ems_users to relate, and the historical file also carries an UPDATE for one single account.',
      mend: 'Ours creates the table if it is missing, adds agencyId and its foreign key, and touches no account.',
    },
    {
      plan: '"Create `ems_users` table (if missing)".',
      fact: 'None of the 30 leaves an ems_users behind, and none creates its sub-user and login columns.',
      mend: 'A gap migration brings the table to its 18 columns.',
    },
    {
      plan: 'Phases 1 and 2 depend on nothing; phase 1 gives all user tables their deletion fields.',
      fact: 'ems_users does not exist when phase 1 runs, so its part is skipped.',
      mend: 'The gap migration of this phase adds deletedAt, isDeleted and the index.',
    },
    {
      plan: 'Test EMS login (should work).',
      fact: 'The common login looks into healthcare_users before ems_users and answers 401 until phase 3.',
      mend: 'The unified server passes over a user table that is missing, so both logins are proven here. That an unknown address is called unknown is asked of phase 3.',
    },
    {
      plan: 'Verify the agency list endpoint works.',
      fact: 'It worked before the phase, without a login, so a 200 shows nothing.',
      mend: 'The list is compared with the rows of the snapshot, and the columns behind it are judged here one by one.',
    },
  ],

  expect: [
    // - [ ] Verify `ems_users` table exists
    table('ems_users', {
      exactly: true,
      columns: {
        id: required('text'),
        email: required('text'),
        password: required('text'),
        name: required('text'),
        agencyName: required('text'),
        agencyId: optional('text'),
        isActive: required('boolean', { default: 'true' }),
        userType: required('text', { default: "'EMS'" }),
        isSubUser: required('boolean', { default: 'false' }),
        parentUserId: optional('text'),
        mustChangePassword: required('boolean', { default: 'false' }),
        orgAdmin: required('boolean', { default: 'false' }),
        deletedAt: optional('timestamp(3)'),
        isDeleted: required('boolean', { default: 'false' }),
        lastLogin: optional('timestamp(3)'),
        lastActivity: optional('timestamp(3)'),
        createdAt: required('timestamp(3)', { default: 'CURRENT_TIMESTAMP' }),
        updatedAt: required('timestamp(3)'),
      },
      primaryKey: ['id'],
      uniques: [['email']],
      foreignKeys: [
        {
          columns: ['agencyId'],
          references: { table: 'ems_agencies', columns: ['id'] },
          onDelete: 'SET NULL',
        },
        {
          columns: ['parentUserId'],
          references: { table: 'ems_users', columns: ['id'] },
          onDelete: 'SET NULL',
        },
      ],
      indexes: [{ keys: ['isDeleted'] }, { keys: ['lastActivity'] }, { keys: ['lastLogin'] }],
    }),

    // - [ ] Verify `ems_agencies` table exists with all columns (addedBy and addedAt among them)
    table('ems_agencies', {
      exactly: true,
      columns: {
        id: required('text'),
        name: required('text'),
        contactName: required('text'),
        phone: required('text'),
        email: required('text'),
        address: required('text'),
        city: required('text'),
        state: required('text'),
        zipCode: required('text'),
        serviceArea: optional('text[]'),
        operatingHours: optional('jsonb'),
        capabilities: optional('text[]'),
        pricingStructure: optional('jsonb'),
        isActive: required('boolean', { default: 'true' }),
        status: required('text', { default: "'ACTIVE'" }),
        addedBy: optional('text'),
        addedAt: required('timestamp(3)', { default: 'CURRENT_TIMESTAMP' }),
        createdAt: required('timestamp(3)', { default: 'CURRENT_TIMESTAMP' }),
        updatedAt: required('timestamp(3)'),
        acceptsNotifications: required('boolean', { default: 'true' }),
        approvedAt: optional('timestamp(3)'),
        approvedBy: optional('text'),
        availableUnits: required('integer', { default: '0' }),
        lastUpdated: required('timestamp(3)', { default: 'CURRENT_TIMESTAMP' }),
        latitude: optional('double precision'),
        longitude: optional('double precision'),
        notificationMethods: optional('text[]'),
        requiresReview: required('boolean', { default: 'false' }),
        serviceRadius: optional('integer'),
        totalUnits: required('integer', { default: '0' }),
        availabilityStatus: optional('jsonb', { default: `'{"isAvailable": false, "availableLevels": []}'` }),
      },
      primaryKey: ['id'],
    }),
    noTable('healthcare_users'),

    // - [ ] Test EMS registration (should work)
    accepts(
      'a registration stores an agency with who added it and when, and its first user',
      `
      INSERT INTO "ems_agencies" ("id", "name", "contactName", "phone", "email", "address", "city", "state",
        "zipCode",
        "serviceArea", "capabilities", "operatingHours", "addedBy", "addedAt", "updatedAt")
        VALUES ('probe-agency', 'Probe Ambulance', 'Probe', '555-0100', 'agency@phaseproof.test',
          '1 Probe Way',
          'Probeton', 'PA', '00000', ARRAY['Probeton'], ARRAY['BLS', 'ALS'],
            '{"start": "08:00", "end": "20:00"}',
          NULL, now(), now());
      INSERT INTO "ems_users" ("id", "email", "password", "name", "agencyName", "agencyId", "orgAdmin",
        "updatedAt")
        VALUES ('probe-ems', 'ems@phaseproof.test', 'x', 'Probe', 'Probe Ambulance', 'probe-agency', true,
          now());
      `,
    ),
    accepts(
      'an agency stored without addedAt gets the present time, and is not available before it says so',
      `${AGENCY}
      DO $$ BEGIN
        ASSERT EXISTS (
          SELECT FROM "ems_agencies"
          WHERE "id" = 'probe-agency' AND "addedAt" IS NOT NULL AND "addedBy" IS NULL AND "status" = 'ACTIVE'
            AND "availabilityStatus" = '{"isAvailable": false, "availableLevels": []}'
            AND "totalUnits" = 0 AND "availableUnits" = 0 AND "acceptsNotifications"
        ), 'defaults';
      END $$;
      `,
    ),
    refuses(
      'an agency of which nobody knows when it was added is refused',
      '23502',
      `${AGENCY}
      UPDATE "ems_agencies" SET "addedAt" = NULL WHERE "id" = 'probe-agency';
      `,
    ),
    refuses(
      'a second EMS user with the same e-mail address is refused',
      '23505',
      `
      INSERT INTO "ems_users" ("id", "email", "password", "name", "agencyName", "updatedAt")
        VALUES ('probe-ems-1', 'ems@phaseproof.test', 'x', 'Probe', 'Probe Ambulance', now());
      INSERT INTO "ems_users" ("id", "email", "password", "name", "agencyName", "updatedAt")
        VALUES ('probe-ems-2', 'ems@phaseproof.test', 'x', 'Probe', 'Probe Ambulance', now());
      `,
    ),
    refuses(
      'a user of an unknown agency is refused',
      '23503',
      `
      INSERT INTO "ems_users" ("id", "email", "password", "name", "agencyName", "agencyId", "updatedAt")
        VALUES ('probe-ems', 'ems@phaseproof.test', 'x', 'Probe', 'Probe Ambulance', 'probe-nowhere', now());
      `,
    ),
    refuses(
      'a sub-user of an unknown parent is refused',
      '23503',
      `
      INSERT INTO "ems_users" ("id", "email", "password", "name", "agencyName", "isSubUser", "parentUserId",
        "updatedAt")
        VALUES ('probe-ems', 'ems@phaseproof.test', 'x', 'Probe', 'Probe Ambulance', true, 'probe-nobody',
          now());
      `,
    ),

    // - [ ] Test EMS login (should work)
    accepts(
      "a user stored with the least is an active EMS user, nobody's sub-user, and not deleted",
      `
      INSERT INTO "ems_users" ("id", "email", "password", "name", "agencyName", "updatedAt")
        VALUES ('probe-ems', 'ems@phaseproof.test', 'x', 'Probe', 'Probe Ambulance', now());
      DO $$ BEGIN
        ASSERT EXISTS (
          SELECT FROM "ems_users"
          WHERE "id" = 'probe-ems' AND "userType" = 'EMS' AND "isActive" AND NOT "isSubUser"
            AND NOT "isDeleted"
            AND NOT "mustChangePassword" AND NOT "orgAdmin" AND "agencyId" IS NULL
        ), 'defaults';
      END $$;
      `,
    ),
    accepts(
      'when an agency or a parent user goes, its users stay and lose the reference',
      `${AGENCY}
      INSERT INTO "ems_users" ("id", "email", "password", "name", "agencyName", "agencyId", "updatedAt")
        VALUES ('probe-ems-1', 'ems1@phaseproof.test', 'x', 'Probe', 'Probe Ambulance', 'probe-agency',
          now());
      INSERT INTO "ems_users" ("id", "email", "password", "name", "agencyName", "isSubUser", "parentUserId",
        "updatedAt")
        VALUES ('probe-ems-2', 'ems2@phaseproof.test', 'x', 'Probe', 'Probe Ambulance', true, 'probe-ems-1',
          now());
      DELETE FROM "ems_agencies" WHERE "id" = 'probe-agency';
      DO $$ BEGIN
        ASSERT (SELECT "agencyId" IS NULL FROM "ems_users" WHERE "id" = 'probe-ems-1'), 'agency';
      END $$;
      DELETE FROM "ems_users" WHERE "id" = 'probe-ems-1';
      DO $$ BEGIN
        ASSERT (SELECT "parentUserId" IS NULL FROM "ems_users" WHERE "id" = 'probe-ems-2'), 'parent';
      END $$;
      `,
    ),

    // - [ ] Verify agency list endpoint works
    accepts(
      'every agency of before has a day it was added and an availability',
      `
      DO $$ BEGIN
        ASSERT EXISTS (SELECT FROM "ems_agencies"), 'no agencies';
        ASSERT NOT EXISTS (
          SELECT FROM "ems_agencies" WHERE "addedAt" IS NULL OR "availabilityStatus" IS NULL
        ), 'an agency lacks one';
      END $$;
      `,
    ),
    accepts(
      'no agency of before looks as if it had been added on the day of the catch-up',
      `
      DO $$ BEGIN
        ASSERT NOT EXISTS (SELECT FROM "ems_agencies" WHERE "addedAt" >= '2026-01-06'), 'addedAt';
      END $$;
      `,
    ),
  ],
})

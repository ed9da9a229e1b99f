import { accepts, definePhase, noTable, optional, refuses, required, table } from 'phaseproof'

/** An agency for the probes, with the columns that have no default. */
const AGENCY = `
  INSERT INTO "ems_agencies" ("id", "name", "contactName", "phone", "email", "address", "city", "state",
    "zipCode", "updatedAt")
    VALUES ('probe-agency', 'Probe Ambulance', 'Probe', '555-0100', 'agency@phaseproof.test', '1 Probe Way',
      'Probeton', 'PA', '00000', now());`

/** A healthcare user for the probes, with the columns that have no default. */
const HEALTHCARE_USER = `
  INSERT INTO "healthcare_users" ("id", "email", "password", "name", "facilityName", "facilityType",
    "updatedAt")
    VALUES ('probe-nurse', 'nurse@phaseproof.test', 'x', 'Probe', 'Probe General', 'HOSPITAL', now());`

const LOCATION = `
  INSERT INTO "healthcare_locations" ("id", "healthcareUserId", "locationName", "address", "city", "state",
    "zipCode", "facilityType", "updatedAt")
    VALUES ('probe-location', 'probe-nurse', 'Probe General', '2 Probe Way', 'Probeton', 'PA', '00000',
      'HOSPITAL', now());`

/** Phase 3 of the catch-up: accounts of sending facilities with their locations, destinations, agencies. */
export default definePhase({
  id: 3,
  name: '03-healthcare',
  title: 'Healthcare foundation',
  goal: 'Create the healthcare tables needed for trip creation',
  risk: 'medium',
  dependsOn: [
    { phase: 2, because: 'facilities are offered agencies by the availability that phase 2 lets these say.' },
  ],
  estimateMinutes: 60,
  migrations: [
    '20251008113055_add_multi_location_healthcare',
    '20251008124127_add_gps_coordinates_to_healthcare_locations',
    '20251102101911_add_healthcare_destinations',
    '20251102140000_add_healthcare_agency_preferences',
    '20260106030000_phase3_healthcare_user_accounts',
  ],
  changes: [
    'healthcare_users',
    'healthcare_locations',
    'healthcare_destinations',
    'healthcare_agency_preferences',
  ],

  faults: [
    {
      plan: '`20251008113055_add_multi_location_healthcare` delivers healthcare_users and healthcare_locations.',
      fact: 'Its columns are varchar(2) … varchar(255) where the schema says text, and its users lack the sub-user, login and notification columns.',
      mend: 'Ours writes text; a gap migration brings healthcare_users to its 20 columns.',
    },
    {
      plan: '`20251008113055_add_multi_location_healthcare` belongs to this phase alone.',
      fact: 'It also alters transport_requests, which phase 4 creates.',
      mend: 'That part runs only where the table exists; phase 4 delivers fromLocationId and isMultiLocationFacility itself.',
    },
    {
      plan: '`20251102101911_add_healthcare_destinations` delivers healthcare_destinations.',
      fact: 'The historical file names its columns in snake_case; the schema and the server say camelCase.',
      mend: 'Ours writes the names of the schema, compared below column by column.',
    },
    {
      plan: '`20251102140000_add_healthcare_agency_preferences` delivers the preferences.',
      fact: 'Its first form used ADD CONSTRAINT IF NOT EXISTS, which Postgres does not know; it could run nowhere.',
      mend: 'Ours looks for the constraint in the catalog first.',
    },
    {
      plan: 'Phase 1 gives all user tables their deletion fields.',
      fact: 'healthcare_users does not exist when phase 1 runs, so its part is skipped.',
      mend: 'The gap migration of this phase adds deletedAt, isDeleted and the index.',
    },
    {
      plan: 'Test location management (should work).',
      fact: 'GET /api/healthcare/locations/statistics counts transport_requests and fails until phase 4.',
      mend: 'Create, list, change and delete are proven here; statistics is asked of phase 4, unchanged.',
    },
    {
      plan: 'Test destination management (should work).',
      fact: 'The list answered 200 with an empty list even without the table.',
      mend: 'A destination that was stored must be in the list.',
    },
  ],

  expect: [
    // - [ ] Verify all healthcare tables exist
    table('healthcare_users', {
      exactly: true,
      columns: {
        id: required('text'),
        email: required('text'),
        password: required('text'),
        name: required('text'),
        facilityName: required('text'),
        facilityType: required('text'),
        userType: required('text', { default: "'HEALTHCARE'" }),
        isActive: required('boolean', { default: 'true' }),
        smsNotifications: required('boolean', { default: 'false' }),
        manageMultipleLocations: required('boolean', { default: 'false' }),
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
          columns: ['parentUserId'],
          references: { table: 'healthcare_users', columns: ['id'] },
          onDelete: 'SET NULL',
        },
      ],
      indexes: [{ keys: ['isDeleted'] }, { keys: ['lastActivity'] }, { keys: ['lastLogin'] }],
    }),
    table('healthcare_locations', {
      exactly: true,
      columns: {
        id: required('text'),
        healthcareUserId: required('text'),
        locationName: required('text'),
        address: required('text'),
        city: required('text'),
        state: required('text'),
        zipCode: required('text'),
        phone: optional('text'),
        facilityType: required('text'),
        isActive: required('boolean', { default: 'true' }),
        isPrimary: required('boolean', { default: 'false' }),
        latitude: optional('double precision'),
        longitude: optional('double precision'),
        createdAt: required('timestamp(3)', { default: 'CURRENT_TIMESTAMP' }),
        updatedAt: required('timestamp(3)'),
      },
      primaryKey: ['id'],
      foreignKeys: [
        {
          columns: ['healthcareUserId'],
          references: { table: 'healthcare_users', columns: ['id'] },
          onDelete: 'CASCADE',
        },
      ],
      indexes: [{ keys: ['healthcareUserId'] }, { keys: ['isActive'] }],
    }),
    table('healthcare_destinations', {
      exactly: true,
      columns: {
        id: required('text'),
        healthcareUserId: required('text'),
        name: required('text'),
        type: required('text'),
        address: required('text'),
        city: required('text'),
        state: required('text'),
        zipCode: required('text'),
        phone: optional('text'),
        email: optional('text'),
        contactName: optional('text'),
        latitude: optional('double precision'),
        longitude: optional('double precision'),
        isActive: required('boolean', { default: 'true' }),
        notes: optional('text'),
        createdAt: required('timestamp(3)', { default: 'CURRENT_TIMESTAMP' }),
        updatedAt: required('timestamp(3)'),
      },
      primaryKey: ['id'],
      foreignKeys: [
        {
          columns: ['healthcareUserId'],
          references: { table: 'healthcare_users', columns: ['id'] },
          onDelete: 'CASCADE',
        },
      ],
      indexes: [{ keys: ['healthcareUserId'] }, { keys: ['isActive'] }],
    }),
    table('healthcare_agency_preferences', {
      exactly: true,
      columns: {
        id: required('text'),
        healthcareUserId: required('text'),
        agencyId: required('text'),
        isPreferred: required('boolean', { default: 'false' }),
        createdAt: required('timestamp(3)', { default: 'CURRENT_TIMESTAMP' }),
        updatedAt: required('timestamp(3)'),
      },
      primaryKey: ['id'],
      uniques: [['healthcareUserId', 'agencyId']],
      foreignKeys: [
        {
          columns: ['healthcareUserId'],
          references: { table: 'healthcare_users', columns: ['id'] },
          onDelete: 'CASCADE',
        },
        {
          columns: ['agencyId'],
          references: { table: 'ems_agencies', columns: ['id'] },
          onDelete: 'CASCADE',
        },
      ],
      indexes: [{ keys: ['agencyId'] }, { keys: ['healthcareUserId'] }],
    }),
    noTable('hospital_users'),
    noTable('transport_requests'),

    // - [ ] Test healthcare registration (should work)
    accepts(
      'a registration stores a user, its primary location and a preferred agency',
      `${AGENCY}${HEALTHCARE_USER}${LOCATION}
      UPDATE "healthcare_locations" SET "isPrimary" = true, "latitude" = 40.5, "longitude" = -78.4
        WHERE "id" = 'probe-location';
      INSERT INTO "healthcare_agency_preferences" ("id", "healthcareUserId", "agencyId", "isPreferred",
        "updatedAt")
        VALUES ('probe-preference', 'probe-nurse', 'probe-agency', true, now());
      `,
    ),
    refuses(
      'a second healthcare user with the same e-mail address is refused',
      '23505',
      `${HEALTHCARE_USER}
      INSERT INTO "healthcare_users" ("id", "email", "password", "name", "facilityName", "facilityType",
        "updatedAt")
        VALUES ('probe-nurse-2', 'nurse@phaseproof.test', 'x', 'Probe', 'Probe General', 'HOSPITAL', now());
      `,
    ),
    refuses(
      'a sub-user of an unknown parent is refused',
      '23503',
      `
      INSERT INTO "healthcare_users" ("id", "email", "password", "name", "facilityName", "facilityType",
        "isSubUser", "parentUserId", "updatedAt")
        VALUES ('probe-nurse', 'nurse@phaseproof.test', 'x', 'Probe', 'Probe General', 'HOSPITAL', true,
          'probe-nobody', now());
      `,
    ),

    // - [ ] Test healthcare login (should work)
    accepts(
      'a user stored with the least is an active healthcare user of one location, and not deleted',
      `${HEALTHCARE_USER}
      DO $$ BEGIN
        ASSERT EXISTS (
          SELECT FROM "healthcare_users"
          WHERE "id" = 'probe-nurse' AND "userType" = 'HEALTHCARE' AND "isActive" AND NOT "isDeleted"
            AND NOT "isSubUser" AND NOT "manageMultipleLocations" AND NOT "orgAdmin"
            AND NOT "mustChangePassword" AND NOT "smsNotifications"
        ), 'defaults';
      END $$;
      `,
    ),
    accepts(
      'when a parent user goes, its sub-users stay and lose the reference',
      `${HEALTHCARE_USER}
      INSERT INTO "healthcare_users" ("id", "email", "password", "name", "facilityName", "facilityType",
        "isSubUser", "parentUserId", "updatedAt")
        VALUES ('probe-nurse-2', 'nurse2@phaseproof.test', 'x', 'Probe', 'Probe General', 'HOSPITAL', true,
          'probe-nurse', now());
      DELETE FROM "healthcare_users" WHERE "id" = 'probe-nurse';
      DO $$ BEGIN
        ASSERT (SELECT "parentUserId" IS NULL FROM "healthcare_users" WHERE "id" = 'probe-nurse-2'), 'parent';
      END $$;
      `,
    ),

    // - [ ] Test location management (should work)
    accepts(
      'a location takes names longer than the varchar of the historical file, and is active but not primary',
      `${HEALTHCARE_USER}
      INSERT INTO "healthcare_locations" ("id", "healthcareUserId", "locationName", "address", "city",
        "state", "zipCode", "phone", "facilityType", "updatedAt")
        VALUES ('probe-location', 'probe-nurse', repeat('Probe General ', 30), repeat('2 Probe Way ', 30),
          repeat('Probeton ', 20),
          'Pennsylvania', '00000-0000 (rear)', '555-0100 extension 12345', repeat('HOSPITAL ', 10), now());
      DO $$ BEGIN
        ASSERT (SELECT "isActive" AND NOT "isPrimary" FROM "healthcare_locations"
          WHERE "id" = 'probe-location'), 'defaults';
      END $$;
      `,
    ),
    refuses(
      'a location of an unknown user is refused',
      '23503',
      `${LOCATION}
      `,
    ),

    // - [ ] Test destination management (should work)
    refuses(
      'a destination of an unknown user is refused',
      '23503',
      `
      INSERT INTO "healthcare_destinations" ("id", "healthcareUserId", "name", "type", "address", "city",
        "state", "zipCode", "updatedAt")
        VALUES ('probe-destination', 'probe-nobody', 'Probe Rehab', 'REHAB', '3 Probe Way', 'Probeton', 'PA',
          '00000', now());
      `,
    ),
    refuses(
      'a destination without an address is refused',
      '23502',
      `${HEALTHCARE_USER}
      INSERT INTO "healthcare_destinations" ("id", "healthcareUserId", "name", "type", "city", "state",
        "zipCode", "updatedAt")
        VALUES ('probe-destination', 'probe-nurse', 'Probe Rehab', 'REHAB', 'Probeton', 'PA', '00000', now());
      `,
    ),

    // Preferences of agencies: one row for a user and an agency, gone with either of them.
    refuses(
      'a second preference of one user for one agency is refused',
      '23505',
      `${AGENCY}${HEALTHCARE_USER}
      INSERT INTO "healthcare_agency_preferences" ("id", "healthcareUserId", "agencyId", "isPreferred",
        "updatedAt")
        VALUES ('probe-preference-1', 'probe-nurse', 'probe-agency', true, now());
      INSERT INTO "healthcare_agency_preferences" ("id", "healthcareUserId", "agencyId", "updatedAt")
        VALUES ('probe-preference-2', 'probe-nurse', 'probe-agency', now());
      `,
    ),
    refuses(
      'a preference for an unknown agency is refused',
      '23503',
      `${HEALTHCARE_USER}
      INSERT INTO "healthcare_agency_preferences" ("id", "healthcareUserId", "agencyId", "updatedAt")
        VALUES ('probe-preference', 'probe-nurse', 'probe-nowhere', now());
      `,
    ),
    refuses(
      'a preference of an unknown user is refused',
      '23503',
      `${AGENCY}
      INSERT INTO "healthcare_agency_preferences" ("id", "healthcareUserId", "agencyId", "updatedAt")
        VALUES ('probe-preference', 'probe-nobody', 'probe-agency', now());
      `,
    ),
    accepts(
      'an agency that goes takes its preferences along, and no user',
      `${AGENCY}${HEALTHCARE_USER}
      INSERT INTO "healthcare_agency_preferences" ("id", "healthcareUserId", "agencyId", "updatedAt")
        VALUES ('probe-preference', 'probe-nurse', 'probe-agency', now());
      DELETE FROM "ems_agencies" WHERE "id" = 'probe-agency';
      DO $$ BEGIN
        ASSERT NOT EXISTS (SELECT FROM "healthcare_agency_preferences" WHERE "id" = 'probe-preference'),
          'preference';
        ASSERT EXISTS (SELECT FROM "healthcare_users" WHERE "id" = 'probe-nurse'), 'user';
      END $$;
      `,
    ),
    accepts(
      'a user that goes takes its locations, destinations and preferences along',
      `${AGENCY}${HEALTHCARE_USER}${LOCATION}
      INSERT INTO "healthcare_destinations" ("id", "healthcareUserId", "name", "type", "address", "city",
        "state", "zipCode", "updatedAt")
        VALUES ('probe-destination', 'probe-nurse', 'Probe Rehab', 'REHAB', '3 Probe Way', 'Probeton', 'PA',
          '00000', now());
      INSERT INTO "healthcare_agency_preferences" ("id", "healthcareUserId", "agencyId", "updatedAt")
        VALUES ('probe-preference', 'probe-nurse', 'probe-agency', now());
      DELETE FROM "healthcare_users" WHERE "id" = 'probe-nurse';
      DO $$ BEGIN
        ASSERT NOT EXISTS (SELECT FROM "healthcare_locations" WHERE "healthcareUserId" = 'probe-nurse'),
          'locations';
        ASSERT NOT EXISTS (SELECT FROM "healthcare_destinations" WHERE "healthcareUserId" = 'probe-nurse'),
          'destinations';
        ASSERT NOT EXISTS (SELECT FROM "healthcare_agency_preferences"
          WHERE "healthcareUserId" = 'probe-nurse'), 'preferences';
      END $$;
      `,
    ),
  ],
})

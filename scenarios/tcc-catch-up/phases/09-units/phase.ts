import { accepts, definePhase, noTable, optional, refuses, required, sameSchemaAs, table } from 'phaseproof'

/** Rows for the probes, with the columns that have no default. */
const AGENCY = `
  INSERT INTO "ems_agencies" ("id", "name", "contactName", "phone", "email", "address", "city", "state",
    "zipCode", "updatedAt")
    VALUES ('probe-agency', 'Probe Ambulance', 'Probe', '555-0100', 'agency@phaseproof.test', '1 Probe Way',
      'Probeton', 'PA', '00000', now());`

const UNIT = `
  INSERT INTO "units" ("id", "agencyId", "unitNumber", "type", "updatedAt")
    VALUES ('probe-unit', 'probe-agency', 'P-1', 'BLS', now());`

const REQUEST = `
  INSERT INTO "transport_requests" ("id", "patientId", "transportLevel", "priority", "updatedAt")
    VALUES ('probe-request', 'probe-patient', 'BLS', 'MEDIUM', now());`

/** Phase 9 of the catch-up: units get their last columns, and production equals the other environments. */
export default definePhase({
  id: 9,
  name: '09-units',
  title: 'Unit enhancements',
  goal: 'Update the units table with all enhancements',
  risk: 'low',
  dependsOn: [6, 7],
  estimateMinutes: 30,
  migrations: [
    '20250909155719_q',
    '20250909163838_replace_shift_times_with_onduty',
    '20250909171727_remove_ison_duty_field',
    '20260106090000_phase9_units_complete',
  ],
  recorded: ['20250909152957_enhance_unit_model'],
  changes: ['units'],

  faults: [
    {
      plan: '`20250909152957_enhance_unit_model` enhances units.',
      fact: 'The historical file does not touch units: it drops healthcare_users, hospital_users and transport_requests, and gives facilities a region.',
      mend: 'It is recorded, and ours fits what it did. units is completed by the other migrations of this phase.',
    },
    {
      plan: '`20250909155719_q` is a quick fix.',
      fact: 'The historical file is the real change of units, with nine columns the schema no longer has; it also drops center_users, facilities, hospitals and trips.',
      mend: 'Ours adds location, latitude and longitude and drops nothing.',
    },
    {
      plan: 'The shift times and the duty flag go; no data is lost.',
      fact: 'Both migrations drop columns with their values.',
      mend: 'Ours remove such a column only when no row holds a value in it, and refuse otherwise. Production has none of them.',
    },
    {
      plan: 'Verify units table has all columns.',
      fact: 'None of the 30 creates status or equipment, nor makes the number unique within an agency.',
      mend: 'A gap migration does. It fills status from currentStatus, and fails on an agency that uses one number twice.',
    },
    {
      plan: 'Depends on the units table only.',
      fact: 'Four of its columns come with phases 6 and 7.',
      mend: 'The phase depends on phases 6 and 7.',
    },
    {
      plan: '25 tables are listed: 19 missing, 6 existing.',
      fact: 'The schema has 26; dropdown_category_defaults is in no list.',
      mend: 'All 26 are expected below.',
    },
    {
      plan: 'Compare production with dev-swa and with the Prisma schema.',
      fact: 'The diff of Prisma is blind to checks, triggers, partial indexes and more.',
      mend: 'The catalogs are compared: with the schema file, with all migrations in name order on an empty database, and with dev-swa.',
    },
  ],

  expect: [
    // - [ ] Verify units table has all columns
    table('units', {
      exactly: true,
      columns: {
        id: required('text'),
        agencyId: required('text'),
        unitNumber: required('text'),
        type: required('text'),
        status: required('text', { default: "'AVAILABLE'" }),
        currentStatus: required('text', { default: "'AVAILABLE'" }),
        currentLocation: optional('text'),
        capabilities: optional('text[]'),
        crewSize: required('integer', { default: '2' }),
        equipment: optional('text[]'),
        location: optional('jsonb'),
        latitude: optional('double precision'),
        longitude: optional('double precision'),
        lastMaintenance: optional('timestamp(3)'),
        nextMaintenance: optional('timestamp(3)'),
        isActive: required('boolean', { default: 'true' }),
        createdAt: required('timestamp(3)', { default: 'CURRENT_TIMESTAMP' }),
        updatedAt: required('timestamp(3)'),
        lastStatusUpdate: required('timestamp(3)', { default: 'CURRENT_TIMESTAMP' }),
      },
      primaryKey: ['id'],
      uniques: [['agencyId', 'unitNumber']],
      foreignKeys: [
        {
          columns: ['agencyId'],
          references: { table: 'ems_agencies', columns: ['id'] },
          onDelete: 'CASCADE',
        },
      ],
    }),

    // - [ ] Test unit endpoints (should work)
    accepts(
      'a unit of before has the status that it had: none looks available that is not',
      `
      DO $$ BEGIN
        ASSERT EXISTS (SELECT FROM "units" WHERE "currentStatus" <> 'AVAILABLE'), 'no unit is out of service';
        ASSERT NOT EXISTS (SELECT FROM "units" WHERE "status" <> "currentStatus"), 'status';
        ASSERT NOT EXISTS (
          SELECT FROM "units"
          WHERE "equipment" IS NOT NULL OR "location" IS NOT NULL OR "latitude" IS NOT NULL
             OR "longitude" IS NOT NULL
        ), 'a unit tells more than was known';
      END $$;
      `,
    ),
    accepts(
      'a unit stored with the least is available, active, with a crew of two',
      `${AGENCY}${UNIT}
      DO $$ BEGIN
        ASSERT EXISTS (
          SELECT FROM "units"
          WHERE "id" = 'probe-unit' AND "status" = 'AVAILABLE' AND "currentStatus" = 'AVAILABLE'
            AND "isActive"
            AND "crewSize" = 2 AND "lastStatusUpdate" IS NOT NULL
        ), 'defaults';
      END $$;
      `,
    ),
    accepts(
      'a unit is created together with its figures, as the unit form does',
      `${AGENCY}
      INSERT INTO "units" ("id", "agencyId", "unitNumber", "type", "status", "capabilities", "equipment",
        "location", "latitude", "longitude",
        "crewSize", "lastMaintenance", "nextMaintenance", "updatedAt")
        VALUES ('probe-unit', 'probe-agency', 'P-1', 'ALS', 'AVAILABLE', ARRAY['ALS', 'CCT'],
          ARRAY['ventilator'],
          '{"base": "Probeton"}', 40.5, -78.4, 3, now(), now(), now());
      INSERT INTO "unit_analytics" ("id", "unitId") VALUES ('probe-figures', 'probe-unit');
      `,
    ),

    // - [ ] Test unit management (should work)
    refuses(
      'a second unit with the same number in one agency is refused',
      '23505',
      `${AGENCY}${UNIT}
      INSERT INTO "units" ("id", "agencyId", "unitNumber", "type", "updatedAt")
        VALUES ('probe-unit-2', 'probe-agency', 'P-1', 'ALS', now());
      `,
    ),
    accepts(
      'the same number in another agency is accepted',
      `${AGENCY}${UNIT}
      INSERT INTO "ems_agencies" ("id", "name", "contactName", "phone", "email", "address", "city", "state",
        "zipCode", "updatedAt")
        VALUES ('probe-agency-2', 'Other Probe', 'Probe', '555-0101', 'other@phaseproof.test', '4 Probe Way',
          'Probeton', 'PA', '00000', now());
      INSERT INTO "units" ("id", "agencyId", "unitNumber", "type", "updatedAt")
        VALUES ('probe-unit-2', 'probe-agency-2', 'P-1', 'BLS', now());
      `,
    ),
    refuses(
      'a unit of an unknown agency is refused',
      '23503',
      `
      INSERT INTO "units" ("id", "agencyId", "unitNumber", "type", "updatedAt")
        VALUES ('probe-unit', 'probe-nowhere', 'P-1', 'BLS', now());
      `,
    ),
    refuses(
      'a unit without status is refused',
      '23502',
      `${AGENCY}${UNIT}
      UPDATE "units" SET "status" = NULL WHERE "id" = 'probe-unit';
      `,
    ),
    accepts(
      'an agency that goes takes units and their figures along; requests and responses stay without a unit',
      `${AGENCY}${UNIT}${REQUEST}
      INSERT INTO "unit_analytics" ("id", "unitId") VALUES ('probe-figures', 'probe-unit');
      UPDATE "transport_requests" SET "assignedUnitId" = 'probe-unit' WHERE "id" = 'probe-request';
      INSERT INTO "agency_responses" ("id", "tripId", "agencyId", "response", "assignedUnitId", "updatedAt")
        VALUES ('probe-response', 'probe-request', 'probe-agency', 'ACCEPTED', 'probe-unit', now());
      DELETE FROM "ems_agencies" WHERE "id" = 'probe-agency';
      DO $$ BEGIN
        ASSERT NOT EXISTS (SELECT FROM "units" WHERE "id" = 'probe-unit'), 'unit';
        ASSERT NOT EXISTS (SELECT FROM "unit_analytics" WHERE "id" = 'probe-figures'), 'figures';
        ASSERT (SELECT "assignedUnitId" IS NULL FROM "transport_requests" WHERE "id" = 'probe-request'),
          'request';
        ASSERT (SELECT "assignedUnitId" IS NULL FROM "agency_responses" WHERE "id" = 'probe-response'),
          'response';
      END $$;
      `,
    ),

    // - [ ] Verify all tables exist (the other 25), and none that only old migrations knew
    table('center_users'),
    table('healthcare_users'),
    table('healthcare_locations'),
    table('healthcare_agency_preferences'),
    table('healthcare_destinations'),
    table('hospitals'),
    table('ems_users'),
    table('ems_agencies'),
    table('trips'),
    table('agency_responses'),
    table('system_analytics'),
    table('trip_cost_breakdowns'),
    table('cost_centers'),
    table('backhaul_opportunities'),
    table('pickup_locations'),
    table('pricing_models'),
    table('route_optimization_settings'),
    table('unit_analytics'),
    table('notification_preferences'),
    table('notification_logs'),
    table('dropdown_categories'),
    table('dropdown_options'),
    table('dropdown_category_defaults'),
    table('transport_requests'),
    table('facilities'),
    noTable('agencies'),
    noTable('crew_roles'),
    noTable('hospital_users'),

    // - [ ] Compare production schema with dev-swa schema; verify all columns and indexes exist
    sameSchemaAs('target-schema', { beyondTheFile: 'refused' }),
    sameSchemaAs('linear'),
    sameSchemaAs('snapshot:tcc-dev-swa'),
  ],
})

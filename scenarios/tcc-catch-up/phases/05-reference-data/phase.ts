import { accepts, definePhase, foreignKey, noTable, optional, refuses, required, table } from 'phaseproof'

/** Rows for the probes, with the columns that have no default. */
const CATEGORY = `
  INSERT INTO "dropdown_categories" ("id", "slug", "displayName", "updatedAt")
    VALUES ('probe-category', 'probe-slug', 'Probe', now());`

const OPTION = `
  INSERT INTO "dropdown_options" ("id", "category", "value", "updatedAt")
    VALUES ('probe-option', 'probe-slug', 'Probe', now());`

const PICKUP = `
  INSERT INTO "pickup_locations" ("id", "hospitalId", "name", "updatedAt")
    VALUES ('probe-pickup', 'probe-hospital', 'Emergency entrance', now());`

const REQUEST = `
  INSERT INTO "transport_requests" ("id", "patientId", "transportLevel", "priority", "updatedAt")
    VALUES ('probe-request', 'probe-patient', 'BLS', 'MEDIUM', now());`

const TRIP = `
  INSERT INTO "trips" ("id", "tripNumber", "patientId", "fromLocation", "toLocation", "scheduledTime",
    "transportLevel", "urgencyLevel", "status", "priority", "updatedAt")
    VALUES ('probe-trip', 'probe-number', 'probe-patient', 'Probe General', 'Probe Rehab', now(), 'BLS',
      'Routine', 'PENDING', 'MEDIUM', now());`

/** Phase 5 of the catch-up: the choices that forms offer, and where patients are collected. */
export default definePhase({
  id: 5,
  name: '05-reference-data',
  title: 'Dropdown and reference data',
  goal: 'Create dropdown and reference data tables',
  risk: 'low',
  dependsOn: [4],
  estimateMinutes: 30,
  migrations: [
    '20250910173915_add_dropdown_options_model',
    '20251209140000_add_dropdown_categories',
    '20260106050000_phase5_pickup_locations',
    '20260106050100_phase5_dropdown_category_defaults',
  ],
  changes: [
    'dropdown_categories',
    'dropdown_options',
    'dropdown_category_defaults',
    'pickup_locations',
    'transport_requests',
    'trips',
  ],

  faults: [
    {
      plan: 'Depends on nothing, it is reference data.',
      fact: 'transport_requests and trips refer to pickup_locations, and one of them comes with phase 4.',
      mend: 'The phase depends on phase 4 and adds the two foreign keys.',
    },
    {
      plan: '`20250910173915_add_dropdown_options_model` adds dropdown_options.',
      fact: 'The historical file also drops agencies, center_users, ems_agencies, hospitals, system_analytics and trips.',
      mend: 'Ours creates dropdown_options and drops nothing.',
    },
    {
      plan: '`20251209140000_add_dropdown_categories` links the options that exist to their categories.',
      fact: 'After an edit its UPDATE stood before the INSERT of the categories and linked no row; where dropdown_options was missing it skipped the link for good.',
      mend: 'Ours inserts first, then links. Options without a category of their slug stay unlinked; all others must be linked.',
    },
    {
      plan: 'The categories are seeded.',
      fact: 'The historical file labels the slug special-needs "Secondary Insurance".',
      mend: 'It is labelled "Special Needs".',
    },
    {
      plan: 'Tables created: dropdown_categories, dropdown_options, pickup_locations.',
      fact: 'The schema also has dropdown_category_defaults, which is in no list of the plan and in no migration.',
      mend: 'A gap migration creates it.',
    },
    {
      plan: '"Create `pickup_locations` table (if missing)".',
      fact: 'None of the 30 creates it.',
      mend: 'A gap migration creates it.',
    },
    {
      plan: 'Verify with curl /api/dropdown-options.',
      fact: 'Without a token the answer is 401, before and after the phase.',
      mend: 'It is called with a login, and its content is compared with the seeded categories.',
    },
    {
      plan: 'Verify with curl /api/tcc/pickup-locations.',
      fact: 'There is no list at that path: 404. The list is /api/tcc/pickup-locations/hospital/:hospitalId.',
      mend: 'The list of a hospital is called.',
    },
  ],

  expect: [
    // - [ ] Verify dropdown tables exist
    table('dropdown_categories', {
      exactly: true,
      columns: {
        id: required('text'),
        slug: required('text'),
        displayName: required('text'),
        displayOrder: required('integer', { default: '0' }),
        isActive: required('boolean', { default: 'true' }),
        createdAt: required('timestamp(3)', { default: 'CURRENT_TIMESTAMP' }),
        updatedAt: required('timestamp(3)'),
      },
      primaryKey: ['id'],
      uniques: [['slug']],
    }),
    table('dropdown_options', {
      exactly: true,
      columns: {
        id: required('text'),
        category: required('text'),
        categoryId: optional('text'),
        value: required('text'),
        isActive: required('boolean', { default: 'true' }),
        createdAt: required('timestamp(3)', { default: 'CURRENT_TIMESTAMP' }),
        updatedAt: required('timestamp(3)'),
      },
      primaryKey: ['id'],
      uniques: [['category', 'value']],
      foreignKeys: [
        {
          columns: ['categoryId'],
          references: { table: 'dropdown_categories', columns: ['id'] },
          onDelete: 'SET NULL',
        },
      ],
    }),
    table('dropdown_category_defaults', {
      exactly: true,
      columns: {
        id: required('text'),
        category: required('text'),
        optionId: required('text'),
        createdAt: required('timestamp(3)', { default: 'CURRENT_TIMESTAMP' }),
        updatedAt: required('timestamp(3)'),
      },
      primaryKey: ['id'],
      uniques: [['category'], ['optionId']],
      foreignKeys: [
        {
          columns: ['optionId'],
          references: { table: 'dropdown_options', columns: ['id'] },
          onDelete: 'CASCADE',
        },
      ],
    }),

    // - [ ] Verify pickup_locations table exists
    table('pickup_locations', {
      exactly: true,
      columns: {
        id: required('text'),
        hospitalId: required('text'),
        name: required('text'),
        description: optional('text'),
        contactPhone: optional('text'),
        contactEmail: optional('text'),
        floor: optional('text'),
        room: optional('text'),
        isActive: required('boolean', { default: 'true' }),
        createdAt: required('timestamp(3)', { default: 'CURRENT_TIMESTAMP' }),
        updatedAt: required('timestamp(3)'),
      },
      primaryKey: ['id'],
    }),
    foreignKey('transport_requests', {
      columns: ['pickupLocationId'],
      references: { table: 'pickup_locations', columns: ['id'] },
      onDelete: 'SET NULL',
    }),
    foreignKey('trips', {
      columns: ['pickupLocationId'],
      references: { table: 'pickup_locations', columns: ['id'] },
      onDelete: 'SET NULL',
    }),
    noTable('notification_preferences'),

    // - [ ] Test dropdown options endpoint (should work)
    accepts(
      'the six categories of the forms are there, active, in order, and named as what they are',
      `
      DO $$ BEGIN
        ASSERT (
          SELECT array_agg("slug" || '=' || "displayName" ORDER BY "displayOrder")
            FROM "dropdown_categories" WHERE "isActive"
        ) = ARRAY['transport-level=Transport Level', 'urgency=Urgency', 'diagnosis=Diagnosis',
          'mobility=Mobility',
                  'insurance=Insurance', 'special-needs=Special Needs'], 'categories';
      END $$;
      `,
    ),
    accepts(
      'no option is left unlinked whose category exists',
      `
      DO $$ BEGIN
        ASSERT NOT EXISTS (
          SELECT FROM "dropdown_options" JOIN "dropdown_categories"
            ON "dropdown_categories"."slug" = "dropdown_options"."category"
          WHERE "dropdown_options"."categoryId" IS DISTINCT FROM "dropdown_categories"."id"
        ), 'unlinked';
      END $$;
      `,
    ),
    accepts(
      'the urgency options that the server creates by itself find their category',
      `
      INSERT INTO "dropdown_options" ("id", "category", "categoryId", "value", "updatedAt")
        SELECT 'probe-' || "value", 'urgency', (SELECT "id" FROM "dropdown_categories"
          WHERE "slug" = 'urgency'), "value", now()
        FROM unnest(ARRAY['Probe Routine', 'Probe Urgent', 'Probe Emergent']) AS "value";
      DO $$ BEGIN
        ASSERT (SELECT count(*) = 3 FROM "dropdown_options"
          WHERE "id" LIKE 'probe-%' AND "categoryId" IS NOT NULL AND "isActive"), 'options';
      END $$;
      `,
    ),
    refuses(
      'a second category with the same slug is refused',
      '23505',
      `
      INSERT INTO "dropdown_categories" ("id", "slug", "displayName", "updatedAt")
        VALUES ('probe-category', 'urgency', 'Probe', now());
      `,
    ),

    // - [ ] Test forms that use dropdowns (should work)
    refuses(
      'the same value twice in one category is refused',
      '23505',
      `${OPTION}
      INSERT INTO "dropdown_options" ("id", "category", "value", "updatedAt")
        VALUES ('probe-option-2', 'probe-slug', 'Probe', now());
      `,
    ),
    accepts(
      'the same value in two categories is accepted',
      `${OPTION}
      INSERT INTO "dropdown_options" ("id", "category", "value", "updatedAt")
        VALUES ('probe-option-2', 'probe-other-slug', 'Probe', now());
      `,
    ),
    refuses(
      'an option of an unknown category id is refused',
      '23503',
      `${OPTION}
      UPDATE "dropdown_options" SET "categoryId" = 'probe-nowhere' WHERE "id" = 'probe-option';
      `,
    ),
    accepts(
      'when a category goes, its options stay with their slug and lose the reference',
      `${CATEGORY}${OPTION}
      UPDATE "dropdown_options" SET "categoryId" = 'probe-category' WHERE "id" = 'probe-option';
      DELETE FROM "dropdown_categories" WHERE "id" = 'probe-category';
      DO $$ BEGIN
        ASSERT (SELECT "categoryId" IS NULL AND "category" = 'probe-slug' FROM "dropdown_options"
          WHERE "id" = 'probe-option'),
          'category';
      END $$;
      `,
    ),
    refuses(
      'a second default in one category is refused',
      '23505',
      `${OPTION}
      INSERT INTO "dropdown_options" ("id", "category", "value", "updatedAt")
        VALUES ('probe-option-2', 'probe-slug', 'Other probe', now());
      INSERT INTO "dropdown_category_defaults" ("id", "category", "optionId", "updatedAt")
        VALUES ('probe-default-1', 'probe-slug', 'probe-option', now());
      INSERT INTO "dropdown_category_defaults" ("id", "category", "optionId", "updatedAt")
        VALUES ('probe-default-2', 'probe-slug', 'probe-option-2', now());
      `,
    ),
    refuses(
      'one option as the default of two categories is refused',
      '23505',
      `${OPTION}
      INSERT INTO "dropdown_category_defaults" ("id", "category", "optionId", "updatedAt")
        VALUES ('probe-default-1', 'probe-slug', 'probe-option', now());
      INSERT INTO "dropdown_category_defaults" ("id", "category", "optionId", "updatedAt")
        VALUES ('probe-default-2', 'probe-other-slug', 'probe-option', now());
      `,
    ),
    refuses(
      'an unknown option as default is refused',
      '23503',
      `
      INSERT INTO "dropdown_category_defaults" ("id", "category", "optionId", "updatedAt")
        VALUES ('probe-default', 'probe-slug', 'probe-nowhere', now());
      `,
    ),
    accepts(
      'an option that goes takes its place as default along',
      `${OPTION}
      INSERT INTO "dropdown_category_defaults" ("id", "category", "optionId", "updatedAt")
        VALUES ('probe-default', 'probe-slug', 'probe-option', now());
      DELETE FROM "dropdown_options" WHERE "id" = 'probe-option';
      DO $$ BEGIN
        ASSERT NOT EXISTS (SELECT FROM "dropdown_category_defaults" WHERE "id" = 'probe-default'), 'default';
      END $$;
      `,
    ),

    // - [ ] Test pickup locations endpoint (should work)
    accepts(
      'a pickup location belongs to a hospital or to a healthcare location, and is active',
      `${PICKUP}
      DO $$ BEGIN
        ASSERT (SELECT "isActive" AND "createdAt" IS NOT NULL FROM "pickup_locations"
          WHERE "id" = 'probe-pickup'), 'defaults';
      END $$;
      `,
    ),
    refuses(
      'a pickup location without a name is refused',
      '23502',
      `
      INSERT INTO "pickup_locations" ("id", "hospitalId", "updatedAt") VALUES ('probe-pickup',
        'probe-hospital', now());
      `,
    ),
    refuses(
      'a transport request with an unknown pickup location is refused from now on',
      '23503',
      `${REQUEST}
      UPDATE "transport_requests" SET "pickupLocationId" = 'probe-nowhere' WHERE "id" = 'probe-request';
      `,
    ),
    refuses(
      'a trip with an unknown pickup location is refused from now on',
      '23503',
      `${TRIP}
      UPDATE "trips" SET "pickupLocationId" = 'probe-nowhere' WHERE "id" = 'probe-trip';
      `,
    ),
    accepts(
      'when a pickup location goes, requests and trips stay and lose the reference',
      `${PICKUP}${REQUEST}${TRIP}
      UPDATE "transport_requests" SET "pickupLocationId" = 'probe-pickup' WHERE "id" = 'probe-request';
      UPDATE "trips" SET "pickupLocationId" = 'probe-pickup' WHERE "id" = 'probe-trip';
      DELETE FROM "pickup_locations" WHERE "id" = 'probe-pickup';
      DO $$ BEGIN
        ASSERT (SELECT "pickupLocationId" IS NULL FROM "transport_requests" WHERE "id" = 'probe-request'),
          'request';
        ASSERT (SELECT "pickupLocationId" IS NULL FROM "trips" WHERE "id" = 'probe-trip'), 'trip';
      END $$;
      `,
    ),
  ],
})

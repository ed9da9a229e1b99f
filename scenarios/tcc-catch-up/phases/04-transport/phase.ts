import { accepts, definePhase, noTable, optional, refuses, required, table } from 'phaseproof'

/** Rows for the probes, with the columns that have no default. */
const AGENCY = `
  INSERT INTO "ems_agencies" ("id", "name", "contactName", "phone", "email", "address", "city", "state",
    "zipCode", "updatedAt")
    VALUES ('probe-agency', 'Probe Ambulance', 'Probe', '555-0100', 'agency@phaseproof.test', '1 Probe Way',
      'Probeton', 'PA', '00000', now());`

const UNIT = `
  INSERT INTO "units" ("id", "agencyId", "unitNumber", "type", "updatedAt")
    VALUES ('probe-unit', 'probe-agency', 'P-1', 'BLS', now());`

const FACILITY = `
  INSERT INTO "facilities" ("id", "name", "address", "city", "state", "zipCode", "type", "region",
    "updatedAt")
    VALUES ('probe-facility', 'Probe Rehab', '3 Probe Way', 'Probeton', 'PA', '00000', 'REHAB', 'Central',
      now());`

const LOCATION = `
  INSERT INTO "healthcare_users" ("id", "email", "password", "name", "facilityName", "facilityType",
    "updatedAt")
    VALUES ('probe-nurse', 'nurse@phaseproof.test', 'x', 'Probe', 'Probe General', 'HOSPITAL', now());
  INSERT INTO "healthcare_locations" ("id", "healthcareUserId", "locationName", "address", "city", "state",
    "zipCode", "facilityType", "updatedAt")
    VALUES ('probe-location', 'probe-nurse', 'Probe General', '2 Probe Way', 'Probeton', 'PA', '00000',
      'HOSPITAL', now());`

const REQUEST = `
  INSERT INTO "transport_requests" ("id", "patientId", "transportLevel", "priority", "updatedAt")
    VALUES ('probe-request', 'probe-patient', 'BLS', 'MEDIUM', now());`

const TRIP = `
  INSERT INTO "trips" ("id", "tripNumber", "patientId", "fromLocation", "toLocation", "scheduledTime",
    "transportLevel", "urgencyLevel", "status", "priority", "updatedAt")
    VALUES ('probe-trip', 'probe-number', 'probe-patient', 'Probe General', 'Probe Rehab', now(), 'BLS',
      'Routine', 'PENDING', 'MEDIUM', now());`

/** Phase 4 of the catch-up: requested transports, agencies' responses, and trips with all their columns. */
export default definePhase({
  id: 4,
  name: '04-transport',
  title: 'Transport and trip tables',
  goal: 'Create the tables of transport requests and trips',
  risk: 'high',
  dependsOn: [2, 3],
  estimateMinutes: 120,
  migrations: [
    '20250908204620_enhanced_trip_schema',
    '20250908204633_enhanced_trip_schema',
    '20250910173907_add_insurance_field_to_trips',
    '20250910192847_add_insurance_pricing_fields',
    '20251031133000_add_patient_age_fields',
    '20251116131400_add_separate_completion_timestamps',
    '20260106040000_phase4_trips_complete',
    '20260106040100_phase4_transport_requests_complete',
    '20260106040200_phase4_facilities_complete',
    '20260106040300_phase4_agency_responses',
  ],
  recorded: ['20250908204607_enhanced_trip_schema', '20250917170718_add_insurance_company_column'],
  repairs: ['20250917170718_add_insurance_company_column'],
  changes: ['transport_requests', 'trips', 'agency_responses', 'facilities'],

  faults: [
    {
      plan: 'The three `enhanced_trip_schema` migrations enhance trips.',
      fact: 'The historical second and third drop center_users, hospitals, trips, system_analytics, ems_agencies, ems_users and units.',
      mend: 'The first is recorded and true. Ours of the other two create transport_requests and its keys and drop nothing.',
    },
    {
      plan: '`20250910173907_add_insurance_field_to_trips` adds an insurance field.',
      fact: 'The historical file adds none; it drops the EMS tables and recreates the center tables.',
      mend: 'Ours has no effect; the insurance columns come from the migrations that carry their names, or their repair.',
    },
    {
      plan: '`20250917170718_add_insurance_company_column` adds the insurance company.',
      fact: 'The historical file is empty. Here history records it as executed, by a hand-written row, and trips.insuranceCompany is missing.',
      mend: 'The name counts as recorded; the gap migration of trips adds the column.',
    },
    {
      plan: 'Verify `trips` has all columns.',
      fact: 'Twelve of them come with no. 11 and six with no. 14, both in phase 6; five come with no migration at all.',
      mend: 'A gap migration adds them all here; the two migrations of phase 6 find them and add none.',
    },
    {
      plan: '`agency_responses` is created.',
      fact: 'None of the 30 creates it.',
      mend: 'A gap migration creates it with its two foreign keys.',
    },
    {
      plan: 'transport_requests is complete after the eight migrations.',
      fact: 'arrivalTimestamp, departureTimestamp and pickupLocationId come with none of them; fromLocationId and isMultiLocationFacility belong to a migration of phase 3, when the table was missing.',
      mend: 'A gap migration adds the five columns, two indexes and the foreign key to healthcare_locations.',
    },
    {
      plan: 'Alternative Sequence (if phase 4 is too risky): phases 1 to 3, then phase 4 separately, then the rest.',
      fact: 'That is the recommended order. Put off to the end, phase 4 leaves phase 5 without the columns that it ties to pickup locations.',
      mend: 'The scenario replays the alternative as written, put off to the end, and with phase 8, which alone can come before phase 4.',
    },
    {
      plan: 'Depends on healthcare_locations, ems_agencies and healthcare_users.',
      fact: 'Foreign keys also lead to units, to facilities, and to pickup_locations, which phase 5 creates.',
      mend: 'units and facilities stand in production. pickupLocationId is a plain column until phase 5 adds its two foreign keys.',
    },
    {
      plan: 'facilities "may be simplified"; no phase names it.',
      fact: 'It lacks eight columns, and the list of trips reads them as soon as a trip has a facility.',
      mend: 'A gap migration of this phase adds the eight columns.',
    },
    {
      plan: '`20251116131400_add_separate_completion_timestamps` adds two columns.',
      fact: 'The historical file fails when it is run a second time.',
      mend: 'Ours can be run again, and does not overwrite a healthcare completion that is there.',
    },
    {
      plan: 'Test trip creation (should work).',
      fact: 'A pickup location in the request, and the list of trips, need pickup_locations.',
      mend: 'Creation and the list work from here, because the server joins a pickup location only where one is named; naming one is asked of phase 5, unchanged.',
    },
    {
      plan: 'Test dispatch and EMS acceptance (should work).',
      fact: 'Answers that include the assigned unit read columns which units gets in phases 6, 7 and 9, and the facility columns that no phase brought.',
      mend: 'facilities is completed here. Dispatch, response and selection work from here, because the server reads only the columns that units have by now; managing units is asked of phase 9.',
    },
  ],

  expect: [
    // - [ ] Verify `transport_requests` table exists
    // The foreign key of pickupLocationId comes with pickup_locations in phase 5.
    table('transport_requests', {
      exactly: true,
      columns: {
        id: required('text'),
        tripNumber: optional('text'),
        patientId: required('text'),
        patientWeight: optional('text'),
        specialNeeds: optional('text'),
        originFacilityId: optional('text'),
        destinationFacilityId: optional('text'),
        fromLocation: optional('text'),
        toLocation: optional('text'),
        fromLocationId: optional('text'),
        isMultiLocationFacility: required('boolean', { default: 'false' }),
        scheduledTime: optional('timestamp(3)'),
        transportLevel: required('text'),
        urgencyLevel: optional('text'),
        priority: required('text'),
        status: required('text', { default: "'PENDING'" }),
        specialRequirements: optional('text'),
        diagnosis: optional('text'),
        mobilityLevel: optional('text'),
        oxygenRequired: required('boolean', { default: 'false' }),
        monitoringRequired: required('boolean', { default: 'false' }),
        generateQRCode: required('boolean', { default: 'false' }),
        qrCodeData: optional('text'),
        selectedAgencies: optional('text[]'),
        notificationRadius: optional('integer'),
        requestTimestamp: required('timestamp(3)', { default: 'CURRENT_TIMESTAMP' }),
        acceptedTimestamp: optional('timestamp(3)'),
        pickupTimestamp: optional('timestamp(3)'),
        arrivalTimestamp: optional('timestamp(3)'),
        departureTimestamp: optional('timestamp(3)'),
        completionTimestamp: optional('timestamp(3)'),
        healthcareCompletionTimestamp: optional('timestamp(3)'),
        emsCompletionTimestamp: optional('timestamp(3)'),
        pickupLocationId: optional('text'),
        assignedAgencyId: optional('text'),
        assignedUnitId: optional('text'),
        createdById: optional('text'),
        healthcareCreatedById: optional('text'),
        isolation: required('boolean', { default: 'false' }),
        bariatric: required('boolean', { default: 'false' }),
        notes: optional('text'),
        patientAgeYears: optional('integer'),
        patientAgeCategory: optional('text'),
        createdAt: required('timestamp(3)', { default: 'CURRENT_TIMESTAMP' }),
        updatedAt: required('timestamp(3)'),
      },
      primaryKey: ['id'],
      uniques: [['tripNumber']],
      foreignKeys: [
        {
          columns: ['assignedUnitId'],
          references: { table: 'units', columns: ['id'] },
          onDelete: 'SET NULL',
        },
        {
          columns: ['destinationFacilityId'],
          references: { table: 'facilities', columns: ['id'] },
          onDelete: 'SET NULL',
        },
        {
          columns: ['fromLocationId'],
          references: { table: 'healthcare_locations', columns: ['id'] },
          onDelete: 'SET NULL',
        },
        {
          columns: ['originFacilityId'],
          references: { table: 'facilities', columns: ['id'] },
          onDelete: 'SET NULL',
        },
      ],
      indexes: [{ keys: ['fromLocationId'] }, { keys: ['isMultiLocationFacility'] }],
    }),

    // - [ ] Verify `agency_responses` table exists
    table('agency_responses', {
      exactly: true,
      columns: {
        id: required('text'),
        tripId: required('text'),
        agencyId: required('text'),
        response: required('text'),
        responseTimestamp: required('timestamp(3)', { default: 'CURRENT_TIMESTAMP' }),
        responseNotes: optional('text'),
        estimatedArrival: optional('timestamp(3)'),
        isSelected: required('boolean', { default: 'false' }),
        assignedUnitId: optional('text'),
        createdAt: required('timestamp(3)', { default: 'CURRENT_TIMESTAMP' }),
        updatedAt: required('timestamp(3)'),
      },
      primaryKey: ['id'],
      foreignKeys: [
        {
          columns: ['tripId'],
          references: { table: 'transport_requests', columns: ['id'] },
          onDelete: 'CASCADE',
        },
        {
          columns: ['assignedUnitId'],
          references: { table: 'units', columns: ['id'] },
          onDelete: 'SET NULL',
        },
      ],
    }),

    // - [ ] Verify `trips` table has all columns
    // The foreign key of pickupLocationId comes with pickup_locations in phase 5.
    table('trips', {
      exactly: true,
      columns: {
        id: required('text'),
        tripNumber: required('text'),
        patientId: required('text'),
        patientWeight: optional('text'),
        specialNeeds: optional('text'),
        fromLocation: required('text'),
        toLocation: required('text'),
        scheduledTime: required('timestamp(3)'),
        transportLevel: required('text'),
        urgencyLevel: required('text'),
        diagnosis: optional('text'),
        mobilityLevel: optional('text'),
        oxygenRequired: required('boolean', { default: 'false' }),
        monitoringRequired: required('boolean', { default: 'false' }),
        generateQRCode: required('boolean', { default: 'false' }),
        qrCodeData: optional('text'),
        selectedAgencies: optional('text[]'),
        notificationRadius: optional('integer'),
        transferRequestTime: optional('timestamp(3)'),
        transferAcceptedTime: optional('timestamp(3)'),
        emsArrivalTime: optional('timestamp(3)'),
        emsDepartureTime: optional('timestamp(3)'),
        actualStartTime: optional('timestamp(3)'),
        actualEndTime: optional('timestamp(3)'),
        status: required('text'),
        priority: required('text'),
        notes: optional('text'),
        assignedTo: optional('text'),
        assignedAgencyId: optional('text'),
        assignedUnitId: optional('text'),
        acceptedTimestamp: optional('timestamp(3)'),
        pickupTimestamp: optional('timestamp(3)'),
        completionTimestamp: optional('timestamp(3)'),
        createdAt: required('timestamp(3)', { default: 'CURRENT_TIMESTAMP' }),
        updatedAt: required('timestamp(3)'),
        actualTripTimeMinutes: optional('integer'),
        backhaulOpportunity: required('boolean', { default: 'false' }),
        completionTimeMinutes: optional('integer'),
        customerSatisfaction: optional('integer'),
        deadheadMiles: optional('double precision'),
        destinationLatitude: optional('double precision'),
        destinationLongitude: optional('double precision'),
        distanceMiles: optional('double precision'),
        efficiency: optional('numeric(5,2)'),
        estimatedTripTimeMinutes: optional('integer'),
        insuranceCompany: optional('text'),
        insurancePayRate: optional('numeric(10,2)'),
        loadedMiles: optional('numeric(10,2)'),
        originLatitude: optional('double precision'),
        originLongitude: optional('double precision'),
        perMileRate: optional('numeric(8,2)'),
        performanceScore: optional('numeric(5,2)'),
        requestTimestamp: optional('timestamp(3)', { default: 'CURRENT_TIMESTAMP' }),
        responseTimeMinutes: optional('integer'),
        revenuePerHour: optional('numeric(10,2)'),
        tripCost: optional('numeric(10,2)'),
        pickupLocationId: optional('text'),
        patientAgeYears: optional('integer'),
        patientAgeCategory: optional('text'),
        maxResponses: required('integer', { default: '5' }),
        responseDeadline: optional('timestamp(3)'),
        responseStatus: required('text', { default: "'PENDING'" }),
        selectionMode: required('text', { default: "'SPECIFIC_AGENCIES'" }),
      },
      primaryKey: ['id'],
      uniques: [['tripNumber']],
    }),

    // Not in the plan, and needed by the list of trips.
    table('facilities', {
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
        capabilities: optional('text[]', { default: 'ARRAY[]::text[]' }),
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
    noTable('pickup_locations'),

    // - [ ] Test trip creation (should work)
    accepts(
      'a transport request without status waits as PENDING, and all its marks are off',
      `${REQUEST}
      DO $$ BEGIN
        ASSERT EXISTS (
          SELECT FROM "transport_requests"
          WHERE "id" = 'probe-request' AND "status" = 'PENDING' AND "requestTimestamp" IS NOT NULL
            AND NOT "isMultiLocationFacility" AND NOT "oxygenRequired" AND NOT "monitoringRequired"
            AND NOT "generateQRCode" AND NOT "isolation" AND NOT "bariatric"
        ), 'defaults';
      END $$;
      `,
    ),
    accepts(
      'a transport request of a facility with several locations takes all that the form sends',
      `${LOCATION}${FACILITY}
      INSERT INTO "transport_requests" ("id", "tripNumber", "patientId", "patientWeight", "specialNeeds",
        "fromLocation", "toLocation",
        "fromLocationId", "isMultiLocationFacility", "destinationFacilityId", "scheduledTime",
          "transportLevel", "urgencyLevel",
        "priority", "status", "diagnosis", "mobilityLevel", "oxygenRequired", "monitoringRequired",
          "selectedAgencies",
        "notificationRadius", "healthcareCreatedById", "patientAgeYears", "patientAgeCategory", "notes",
          "updatedAt")
        VALUES ('probe-request', 'probe-number', 'probe-patient', '80 kg', 'none', 'Probe General',
          'Probe Rehab',
          'probe-location', true, 'probe-facility', now(), 'ALS', 'Urgent', 'HIGH', 'PENDING_DISPATCH', 'UTI',
            'Stretcher',
          true, true, ARRAY['probe-agency-1', 'probe-agency-2'], 100, 'probe-nurse', 71, 'ADULT', 'probe',
            now());
      `,
    ),
    accepts(
      'two transport requests may both be without a number',
      `${REQUEST}
      INSERT INTO "transport_requests" ("id", "patientId", "transportLevel", "priority", "updatedAt")
        VALUES ('probe-request-2', 'probe-patient', 'BLS', 'LOW', now());
      `,
    ),
    refuses(
      'a second transport request with the same number is refused',
      '23505',
      `
      INSERT INTO "transport_requests" ("id", "tripNumber", "patientId", "transportLevel", "priority",
        "updatedAt")
        VALUES ('probe-request-1', 'probe-number', 'probe-patient', 'BLS', 'LOW', now());
      INSERT INTO "transport_requests" ("id", "tripNumber", "patientId", "transportLevel", "priority",
        "updatedAt")
        VALUES ('probe-request-2', 'probe-number', 'probe-patient', 'BLS', 'LOW', now());
      `,
    ),
    refuses(
      'a transport request without a patient is refused',
      '23502',
      `
      INSERT INTO "transport_requests" ("id", "transportLevel", "priority", "updatedAt")
        VALUES ('probe-request', 'BLS', 'LOW', now());
      `,
    ),
    refuses(
      'a transport request from an unknown facility is refused',
      '23503',
      `${REQUEST}
      UPDATE "transport_requests" SET "originFacilityId" = 'probe-nowhere' WHERE "id" = 'probe-request';
      `,
    ),
    refuses(
      'a transport request to an unknown facility is refused',
      '23503',
      `${REQUEST}
      UPDATE "transport_requests" SET "destinationFacilityId" = 'probe-nowhere' WHERE "id" = 'probe-request';
      `,
    ),
    refuses(
      'a transport request from an unknown location is refused',
      '23503',
      `${REQUEST}
      UPDATE "transport_requests" SET "fromLocationId" = 'probe-nowhere' WHERE "id" = 'probe-request';
      `,
    ),
    refuses(
      'a transport request with an unknown unit is refused',
      '23503',
      `${REQUEST}
      UPDATE "transport_requests" SET "assignedUnitId" = 'probe-nowhere' WHERE "id" = 'probe-request';
      `,
    ),
    accepts(
      'when facility, location and unit go, the transport request stays and loses the references',
      `${AGENCY}${UNIT}${FACILITY}${LOCATION}${REQUEST}
      UPDATE "transport_requests"
        SET "originFacilityId" = 'probe-facility', "destinationFacilityId" = 'probe-facility',
            "fromLocationId" = 'probe-location', "assignedUnitId" = 'probe-unit'
        WHERE "id" = 'probe-request';
      DELETE FROM "facilities" WHERE "id" = 'probe-facility';
      DELETE FROM "healthcare_locations" WHERE "id" = 'probe-location';
      DELETE FROM "units" WHERE "id" = 'probe-unit';
      DO $$ BEGIN
        ASSERT EXISTS (
          SELECT FROM "transport_requests"
          WHERE "id" = 'probe-request' AND "originFacilityId" IS NULL AND "destinationFacilityId" IS NULL
            AND "fromLocationId" IS NULL AND "assignedUnitId" IS NULL
        ), 'references';
      END $$;
      `,
    ),
    accepts(
      'a pickup location can be noted before phase 5 checks it',
      `${REQUEST}
      UPDATE "transport_requests" SET "pickupLocationId" = 'probe-later' WHERE "id" = 'probe-request';
      `,
    ),

    // - [ ] Test dispatch (should work)
    accepts(
      'a request is dispatched to two agencies, one of them unknown to ems_agencies, and their responses wait',
      `${AGENCY}${REQUEST}
      UPDATE "transport_requests" SET "status" = 'PENDING', "selectedAgencies" = ARRAY['probe-agency',
        'probe-stranger']
        WHERE "id" = 'probe-request';
      INSERT INTO "agency_responses" ("id", "tripId", "agencyId", "response", "updatedAt")
        VALUES ('probe-response-1', 'probe-request', 'probe-agency', 'PENDING', now()),
               ('probe-response-2', 'probe-request', 'probe-stranger', 'PENDING', now());
      DO $$ BEGIN
        ASSERT (SELECT count(*) = 2 FROM "agency_responses"
          WHERE "tripId" = 'probe-request' AND NOT "isSelected" AND "responseTimestamp" IS NOT NULL),
            'responses';
      END $$;
      `,
    ),
    refuses(
      'a response to an unknown request is refused',
      '23503',
      `
      INSERT INTO "agency_responses" ("id", "tripId", "agencyId", "response", "updatedAt")
        VALUES ('probe-response', 'probe-nowhere', 'probe-agency', 'PENDING', now());
      `,
    ),

    // - [ ] Test EMS acceptance (should work)
    accepts(
      'an agency accepts with a unit, is selected, and both sides complete at their own time',
      `${AGENCY}${UNIT}${REQUEST}
      INSERT INTO "agency_responses" ("id", "tripId", "agencyId", "response", "estimatedArrival",
        "assignedUnitId", "updatedAt")
        VALUES ('probe-response', 'probe-request', 'probe-agency', 'ACCEPTED', now(), 'probe-unit', now());
      UPDATE "agency_responses" SET "isSelected" = true WHERE "id" = 'probe-response';
      UPDATE "transport_requests"
        SET "status" = 'ACCEPTED', "assignedAgencyId" = 'probe-agency', "assignedUnitId" = 'probe-unit',
            "acceptedTimestamp" = now(), "arrivalTimestamp" = now(), "departureTimestamp" = now()
        WHERE "id" = 'probe-request';
      UPDATE "transport_requests" SET "status" = 'HEALTHCARE_COMPLETED',
        "healthcareCompletionTimestamp" = now()
        WHERE "id" = 'probe-request';
      UPDATE "transport_requests" SET "status" = 'COMPLETED', "emsCompletionTimestamp" = now()
        WHERE "id" = 'probe-request';
      `,
    ),
    refuses(
      'a response with an unknown unit is refused',
      '23503',
      `${REQUEST}
      INSERT INTO "agency_responses" ("id", "tripId", "agencyId", "response", "assignedUnitId", "updatedAt")
        VALUES ('probe-response', 'probe-request', 'probe-agency', 'ACCEPTED', 'probe-nowhere', now());
      `,
    ),
    accepts(
      'a unit that goes leaves the response, a request that goes takes its responses along',
      `${AGENCY}${UNIT}${REQUEST}
      INSERT INTO "agency_responses" ("id", "tripId", "agencyId", "response", "assignedUnitId", "updatedAt")
        VALUES ('probe-response', 'probe-request', 'probe-agency', 'ACCEPTED', 'probe-unit', now());
      DELETE FROM "units" WHERE "id" = 'probe-unit';
      DO $$ BEGIN
        ASSERT (SELECT "assignedUnitId" IS NULL FROM "agency_responses" WHERE "id" = 'probe-response'),
          'unit';
      END $$;
      DELETE FROM "transport_requests" WHERE "id" = 'probe-request';
      DO $$ BEGIN
        ASSERT NOT EXISTS (SELECT FROM "agency_responses" WHERE "id" = 'probe-response'), 'request';
      END $$;
      `,
    ),

    // Trips of before keep what they had, and the new columns claim nothing about them.
    accepts(
      'a trip of before waits for responses with the usual limits, and does not look requested today',
      `
      DO $$ BEGIN
        ASSERT EXISTS (SELECT FROM "trips"), 'no trips';
        ASSERT NOT EXISTS (
          SELECT FROM "trips"
          WHERE "maxResponses" <> 5 OR "responseStatus" <> 'PENDING' OR "selectionMode" <> 'SPECIFIC_AGENCIES'
             OR "backhaulOpportunity" OR "requestTimestamp" IS NOT NULL OR "insuranceCompany" IS NOT NULL
             OR "tripCost" IS NOT NULL OR "pickupLocationId" IS NOT NULL OR "patientAgeYears" IS NOT NULL
        ), 'a new column holds more than its default';
      END $$;
      `,
    ),
    accepts(
      'a new trip is stamped with the time of its request',
      `${TRIP}
      DO $$ BEGIN
        ASSERT (SELECT "requestTimestamp" IS NOT NULL FROM "trips" WHERE "id" = 'probe-trip'),
          'requestTimestamp';
      END $$;
      `,
    ),
    refuses(
      'a second trip with the same number is refused',
      '23505',
      `${TRIP}
      INSERT INTO "trips" ("id", "tripNumber", "patientId", "fromLocation", "toLocation", "scheduledTime",
        "transportLevel", "urgencyLevel", "status", "priority", "updatedAt")
        VALUES ('probe-trip-2', 'probe-number', 'probe-patient', 'A', 'B', now(), 'BLS', 'Routine', 'PENDING',
          'LOW', now());
      `,
    ),
    refuses(
      'a rate per mile beyond six digits is refused',
      '22003',
      `${TRIP}
      UPDATE "trips" SET "insurancePayRate" = 99999999.99, "perMileRate" = 1000000 WHERE "id" = 'probe-trip';
      `,
    ),
    accepts(
      'a facility of before needs no review and has no capabilities claimed beyond an empty list',
      `
      DO $$ BEGIN
        ASSERT EXISTS (SELECT FROM "facilities"), 'no facilities';
        ASSERT NOT EXISTS (
          SELECT FROM "facilities" WHERE "requiresReview" OR "capabilities" IS DISTINCT FROM ARRAY[]::text[]
        ), 'a new column holds more than its default';
      END $$;
      `,
    ),
  ],
})

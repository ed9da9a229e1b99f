-- Undoes phase 4: transport_requests and agency_responses go; trips goes back to 35 columns, facilities
-- to 13.
--
-- What is lost, and therefore refused unless it is said first (see the hint of the refusal):
--   all transport requests and the agencies' responses
--   what has been written into the later columns of trips and facilities
--
-- Works on a phase that stopped half-way as well: each part goes if it is there. All or nothing.
--   psql -v ON_ERROR_STOP=1 -f rollback.sql

BEGIN;

-- Later phases build on this one.
DO $$ BEGIN
  IF EXISTS (SELECT FROM "_prisma_migrations" WHERE "migration_name" ~ '^202601060[5-9]') THEN
    RAISE EXCEPTION 'phase 4 is not rolled back: a later phase is recorded'
      USING HINT = 'Roll back the later phases first, the last one first.';
  END IF;
END $$;

-- Nothing with a value goes unsaid. The locks hold until the end, so nothing is written in between.
DO $$
DECLARE
  "table" text;
  "found" bigint;
  "accepted" boolean := coalesce(current_setting('phase_rollback.accept_loss', true) = 'yes', false);
  "hint" text := 'Save what is there, or accept the loss in this session first: '
    || 'SET "phase_rollback"."accept_loss" = ''yes'';';
BEGIN
  LOCK TABLE "trips" IN ACCESS EXCLUSIVE MODE;
  LOCK TABLE "facilities" IN ACCESS EXCLUSIVE MODE;
  FOREACH "table" IN ARRAY ARRAY[
    'agency_responses', 'transport_requests'
  ] LOOP
    IF to_regclass(format('public.%I', "table")) IS NOT NULL THEN
      EXECUTE format('LOCK TABLE %I IN ACCESS EXCLUSIVE MODE', "table");
      EXECUTE format('SELECT count(*) FROM %I', "table") INTO "found";
      IF "found" > 0 AND NOT "accepted" THEN
        RAISE EXCEPTION 'phase 4 is not rolled back: % holds % row(s)', "table", "found" USING HINT = "hint";
      END IF;
    END IF;
  END LOOP;
  -- A request time equal to createdAt is only the default of a newer trip, and no loss.
  SELECT count(*) INTO "found"
    FROM "trips" AS "row", jsonb_each(to_jsonb("row")) AS "column"("name", "value")
    WHERE "column"."name" IN (
        'actualTripTimeMinutes', 'backhaulOpportunity', 'completionTimeMinutes',
        'customerSatisfaction', 'deadheadMiles', 'destinationLatitude', 'destinationLongitude',
        'distanceMiles', 'efficiency', 'estimatedTripTimeMinutes', 'insuranceCompany',
        'insurancePayRate', 'loadedMiles', 'originLatitude', 'originLongitude', 'perMileRate',
        'performanceScore', 'requestTimestamp', 'responseTimeMinutes', 'revenuePerHour', 'tripCost',
        'pickupLocationId', 'patientAgeYears', 'patientAgeCategory', 'maxResponses',
        'responseDeadline', 'responseStatus', 'selectionMode'
      )
      AND "column"."value" <> 'null'
      AND "column"."value" IS DISTINCT FROM (
        '{"backhaulOpportunity": false, "maxResponses": 5, "responseStatus": "PENDING", "selectionMode": "SPECIFIC_AGENCIES"}'::jsonb
        -> "column"."name"
      )
      AND NOT ("column"."name" = 'requestTimestamp' AND "column"."value" = to_jsonb("row"."createdAt"));
  IF "found" > 0 AND NOT "accepted" THEN
    RAISE EXCEPTION 'phase 4 is not rolled back: % value(s) in its columns of trips', "found"
      USING HINT = "hint";
  END IF;
  SELECT count(*) INTO "found"
    FROM "facilities" AS "row", jsonb_each(to_jsonb("row")) AS "column"("name", "value")
    WHERE "column"."name" IN (
        'capabilities', 'coordinates', 'latitude', 'longitude', 'operatingHours', 'requiresReview',
        'approvedAt', 'approvedBy'
      )
      AND "column"."value" <> 'null'
      AND "column"."value" IS DISTINCT FROM (
        '{"capabilities": [], "requiresReview": false}'::jsonb
        -> "column"."name"
      );
  IF "found" > 0 AND NOT "accepted" THEN
    RAISE EXCEPTION 'phase 4 is not rolled back: % value(s) in its columns of facilities', "found"
      USING HINT = "hint";
  END IF;
END $$;

DROP TABLE IF EXISTS "agency_responses";
DROP TABLE IF EXISTS "transport_requests";
ALTER TABLE "trips"
  DROP COLUMN IF EXISTS "actualTripTimeMinutes",
  DROP COLUMN IF EXISTS "backhaulOpportunity",
  DROP COLUMN IF EXISTS "completionTimeMinutes",
  DROP COLUMN IF EXISTS "customerSatisfaction",
  DROP COLUMN IF EXISTS "deadheadMiles",
  DROP COLUMN IF EXISTS "destinationLatitude",
  DROP COLUMN IF EXISTS "destinationLongitude",
  DROP COLUMN IF EXISTS "distanceMiles",
  DROP COLUMN IF EXISTS "efficiency",
  DROP COLUMN IF EXISTS "estimatedTripTimeMinutes",
  DROP COLUMN IF EXISTS "insuranceCompany",
  DROP COLUMN IF EXISTS "insurancePayRate",
  DROP COLUMN IF EXISTS "loadedMiles",
  DROP COLUMN IF EXISTS "originLatitude",
  DROP COLUMN IF EXISTS "originLongitude",
  DROP COLUMN IF EXISTS "perMileRate",
  DROP COLUMN IF EXISTS "performanceScore",
  DROP COLUMN IF EXISTS "requestTimestamp",
  DROP COLUMN IF EXISTS "responseTimeMinutes",
  DROP COLUMN IF EXISTS "revenuePerHour",
  DROP COLUMN IF EXISTS "tripCost",
  DROP COLUMN IF EXISTS "pickupLocationId",
  DROP COLUMN IF EXISTS "patientAgeYears",
  DROP COLUMN IF EXISTS "patientAgeCategory",
  DROP COLUMN IF EXISTS "maxResponses",
  DROP COLUMN IF EXISTS "responseDeadline",
  DROP COLUMN IF EXISTS "responseStatus",
  DROP COLUMN IF EXISTS "selectionMode";
ALTER TABLE "facilities"
  DROP COLUMN IF EXISTS "capabilities",
  DROP COLUMN IF EXISTS "coordinates",
  DROP COLUMN IF EXISTS "latitude",
  DROP COLUMN IF EXISTS "longitude",
  DROP COLUMN IF EXISTS "operatingHours",
  DROP COLUMN IF EXISTS "requiresReview",
  DROP COLUMN IF EXISTS "approvedAt",
  DROP COLUMN IF EXISTS "approvedBy";

-- IF EXISTS passes over a wrong name in silence, so look at what is left.
DO $$ BEGIN
  IF EXISTS (
      SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname IN (
        'agency_responses', 'transport_requests'
      )
    )
    OR EXISTS (
      SELECT FROM pg_attribute
      WHERE attrelid = 'public.trips'::regclass AND NOT attisdropped AND attname IN (
        'actualTripTimeMinutes', 'backhaulOpportunity', 'completionTimeMinutes',
        'customerSatisfaction', 'deadheadMiles', 'destinationLatitude', 'destinationLongitude',
        'distanceMiles', 'efficiency', 'estimatedTripTimeMinutes', 'insuranceCompany',
        'insurancePayRate', 'loadedMiles', 'originLatitude', 'originLongitude', 'perMileRate',
        'performanceScore', 'requestTimestamp', 'responseTimeMinutes', 'revenuePerHour', 'tripCost',
        'pickupLocationId', 'patientAgeYears', 'patientAgeCategory', 'maxResponses',
        'responseDeadline', 'responseStatus', 'selectionMode'
      )
    )
    OR EXISTS (
      SELECT FROM pg_attribute
      WHERE attrelid = 'public.facilities'::regclass AND NOT attisdropped AND attname IN (
        'capabilities', 'coordinates', 'latitude', 'longitude', 'operatingHours', 'requiresReview',
        'approvedAt', 'approvedBy'
      )
    )
  THEN
    RAISE EXCEPTION 'phase 4 is not rolled back: something of it is left';
  END IF;
END $$;

-- From here on these files are pending again: unless the phase is taken out of the deployed folder first,
-- the next `prisma migrate deploy` applies them again.
-- What history recorded before the phase stays recorded: 20250908204607, 20250917170718.
DELETE FROM "_prisma_migrations" WHERE "migration_name" IN (
  '20250908204620_enhanced_trip_schema',
  '20250908204633_enhanced_trip_schema',
  '20250910173907_add_insurance_field_to_trips',
  '20250910192847_add_insurance_pricing_fields',
  '20251031133000_add_patient_age_fields',
  '20251116131400_add_separate_completion_timestamps',
  '20260106040000_phase4_trips_complete',
  '20260106040100_phase4_transport_requests_complete',
  '20260106040200_phase4_facilities_complete',
  '20260106040300_phase4_agency_responses'
);

COMMIT;

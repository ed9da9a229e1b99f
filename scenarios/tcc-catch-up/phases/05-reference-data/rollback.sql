-- Undoes phase 5: The dropdown tables and pickup_locations go, with the two foreign keys that lead
-- there.
--
-- What is lost, and therefore refused unless it is said first (see the hint of the refusal):
--   all choices and their defaults, categories that were added or changed, all pickup locations
-- Ids in pickupLocationId of requests and trips stay as plain text; those that name no row stop the
-- phase from being applied again.
--
-- Works on a phase that stopped half-way as well: each part goes if it is there. All or nothing.
--   psql -v ON_ERROR_STOP=1 -f rollback.sql

BEGIN;

-- Later phases build on this one.
DO $$ BEGIN
  IF EXISTS (SELECT FROM "_prisma_migrations" WHERE "migration_name" ~ '^202601060[6-9]') THEN
    RAISE EXCEPTION 'phase 5 is not rolled back: a later phase is recorded'
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
  LOCK TABLE "transport_requests" IN ACCESS EXCLUSIVE MODE;
  LOCK TABLE "trips" IN ACCESS EXCLUSIVE MODE;
  FOREACH "table" IN ARRAY ARRAY[
    'dropdown_category_defaults', 'dropdown_options', 'pickup_locations'
  ] LOOP
    IF to_regclass(format('public.%I', "table")) IS NOT NULL THEN
      EXECUTE format('LOCK TABLE %I IN ACCESS EXCLUSIVE MODE', "table");
      EXECUTE format('SELECT count(*) FROM %I', "table") INTO "found";
      IF "found" > 0 AND NOT "accepted" THEN
        RAISE EXCEPTION 'phase 5 is not rolled back: % holds % row(s)', "table", "found" USING HINT = "hint";
      END IF;
    END IF;
  END LOOP;
  -- The six categories that the phase itself writes come back with it; all else would be lost.
  IF to_regclass('public.dropdown_categories') IS NOT NULL THEN
    LOCK TABLE "dropdown_categories" IN ACCESS EXCLUSIVE MODE;
    SELECT count(*) INTO "found" FROM "dropdown_categories"
      WHERE NOT "isActive" OR ("slug", "displayName", "displayOrder") NOT IN (
        ('transport-level', 'Transport Level', 1), ('urgency', 'Urgency', 2), ('diagnosis', 'Diagnosis', 3),
        ('mobility', 'Mobility', 4), ('insurance', 'Insurance', 5), ('special-needs', 'Special Needs', 6)
      );
    IF "found" > 0 AND NOT "accepted" THEN
      RAISE EXCEPTION 'phase 5 is not rolled back: dropdown_categories holds % row(s) of its own', "found"
        USING HINT = "hint";
    END IF;
  END IF;
END $$;

ALTER TABLE "transport_requests" DROP CONSTRAINT IF EXISTS "transport_requests_pickupLocationId_fkey";
ALTER TABLE "trips" DROP CONSTRAINT IF EXISTS "trips_pickupLocationId_fkey";
DROP TABLE IF EXISTS "dropdown_category_defaults";
DROP TABLE IF EXISTS "dropdown_options";
DROP TABLE IF EXISTS "pickup_locations";
DROP TABLE IF EXISTS "dropdown_categories";

-- IF EXISTS passes over a wrong name in silence, so look at what is left.
DO $$ BEGIN
  IF EXISTS (
      SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname IN (
        'dropdown_category_defaults', 'dropdown_options', 'pickup_locations', 'dropdown_categories'
      )
    )
    OR EXISTS (
      SELECT FROM pg_constraint
      WHERE conrelid = 'public.transport_requests'::regclass AND conname = 'transport_requests_pickupLocationId_fkey'
    )
    OR EXISTS (
      SELECT FROM pg_constraint
      WHERE conrelid = 'public.trips'::regclass AND conname = 'trips_pickupLocationId_fkey'
    )
  THEN
    RAISE EXCEPTION 'phase 5 is not rolled back: something of it is left';
  END IF;
END $$;

-- From here on these files are pending again: unless the phase is taken out of the deployed folder first,
-- the next `prisma migrate deploy` applies them again.
DELETE FROM "_prisma_migrations" WHERE "migration_name" IN (
  '20250910173915_add_dropdown_options_model',
  '20251209140000_add_dropdown_categories',
  '20260106050000_phase5_pickup_locations',
  '20260106050100_phase5_dropdown_category_defaults'
);

COMMIT;

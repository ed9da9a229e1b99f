-- Undoes phase 3: The four healthcare tables go.
--
-- What is lost, and therefore refused unless it is said first (see the hint of the refusal):
--   all accounts of sending facilities, their locations, destinations and preferred agencies
--
-- Works on a phase that stopped half-way as well: each part goes if it is there. All or nothing.
--   psql -v ON_ERROR_STOP=1 -f rollback.sql

BEGIN;

-- Later phases build on this one.
DO $$ BEGIN
  IF EXISTS (SELECT FROM "_prisma_migrations" WHERE "migration_name" ~ '^202601060[4-9]') THEN
    RAISE EXCEPTION 'phase 3 is not rolled back: a later phase is recorded'
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
  FOREACH "table" IN ARRAY ARRAY[
    'healthcare_agency_preferences', 'healthcare_destinations', 'healthcare_locations',
    'healthcare_users'
  ] LOOP
    IF to_regclass(format('public.%I', "table")) IS NOT NULL THEN
      EXECUTE format('LOCK TABLE %I IN ACCESS EXCLUSIVE MODE', "table");
      EXECUTE format('SELECT count(*) FROM %I', "table") INTO "found";
      IF "found" > 0 AND NOT "accepted" THEN
        RAISE EXCEPTION 'phase 3 is not rolled back: % holds % row(s)', "table", "found" USING HINT = "hint";
      END IF;
    END IF;
  END LOOP;
END $$;

DROP TABLE IF EXISTS "healthcare_agency_preferences";
DROP TABLE IF EXISTS "healthcare_destinations";
DROP TABLE IF EXISTS "healthcare_locations";
DROP TABLE IF EXISTS "healthcare_users";

-- IF EXISTS passes over a wrong name in silence, so look at what is left.
DO $$ BEGIN
  IF EXISTS (
      SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname IN (
        'healthcare_agency_preferences', 'healthcare_destinations', 'healthcare_locations',
        'healthcare_users'
      )
    )
  THEN
    RAISE EXCEPTION 'phase 3 is not rolled back: something of it is left';
  END IF;
END $$;

-- From here on these files are pending again: unless the phase is taken out of the deployed folder first,
-- the next `prisma migrate deploy` applies them again.
DELETE FROM "_prisma_migrations" WHERE "migration_name" IN (
  '20251008113055_add_multi_location_healthcare',
  '20251008124127_add_gps_coordinates_to_healthcare_locations',
  '20251102101911_add_healthcare_destinations',
  '20251102140000_add_healthcare_agency_preferences',
  '20260106030000_phase3_healthcare_user_accounts'
);

COMMIT;

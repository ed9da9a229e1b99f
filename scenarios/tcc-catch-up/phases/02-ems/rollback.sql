-- Undoes phase 2: ems_users goes; ems_agencies loses its availability and lets addedAt be empty again.
--
-- What is lost, and therefore refused unless it is said first (see the hint of the refusal):
--   all accounts of ambulance crews
--   which agency is available, and for which levels
-- addedAt that the phase filled from createdAt stays filled: which rows were empty is not known any
-- more.
--
-- Works on a phase that stopped half-way as well: each part goes if it is there. All or nothing.
--   psql -v ON_ERROR_STOP=1 -f rollback.sql

BEGIN;

-- Later phases build on this one.
DO $$ BEGIN
  IF EXISTS (SELECT FROM "_prisma_migrations" WHERE "migration_name" ~ '^202601060[3-9]') THEN
    RAISE EXCEPTION 'phase 2 is not rolled back: a later phase is recorded'
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
  LOCK TABLE "ems_agencies" IN ACCESS EXCLUSIVE MODE;
  FOREACH "table" IN ARRAY ARRAY[
    'ems_users'
  ] LOOP
    IF to_regclass(format('public.%I', "table")) IS NOT NULL THEN
      EXECUTE format('LOCK TABLE %I IN ACCESS EXCLUSIVE MODE', "table");
      EXECUTE format('SELECT count(*) FROM %I', "table") INTO "found";
      IF "found" > 0 AND NOT "accepted" THEN
        RAISE EXCEPTION 'phase 2 is not rolled back: % holds % row(s)', "table", "found" USING HINT = "hint";
      END IF;
    END IF;
  END LOOP;
  SELECT count(*) INTO "found"
    FROM "ems_agencies" AS "row", jsonb_each(to_jsonb("row")) AS "column"("name", "value")
    WHERE "column"."name" IN (
        'availabilityStatus'
      )
      AND "column"."value" <> 'null'
      AND "column"."value" IS DISTINCT FROM (
        '{"availabilityStatus": {"isAvailable": false, "availableLevels": []}}'::jsonb
        -> "column"."name"
      );
  IF "found" > 0 AND NOT "accepted" THEN
    RAISE EXCEPTION 'phase 2 is not rolled back: % value(s) in its columns of ems_agencies', "found"
      USING HINT = "hint";
  END IF;
END $$;

DROP TABLE IF EXISTS "ems_users";
ALTER TABLE "ems_agencies"
  DROP COLUMN IF EXISTS "availabilityStatus";
ALTER TABLE "ems_agencies" ALTER COLUMN "addedAt" DROP NOT NULL;

-- IF EXISTS passes over a wrong name in silence, so look at what is left.
DO $$ BEGIN
  IF EXISTS (
      SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname IN (
        'ems_users'
      )
    )
    OR EXISTS (
      SELECT FROM pg_attribute
      WHERE attrelid = 'public.ems_agencies'::regclass AND NOT attisdropped AND attname IN (
        'availabilityStatus'
      )
    )
  THEN
    RAISE EXCEPTION 'phase 2 is not rolled back: something of it is left';
  END IF;
END $$;

-- From here on these files are pending again: unless the phase is taken out of the deployed folder first,
-- the next `prisma migrate deploy` applies them again.
-- What history recorded before the phase stays recorded: 20251204130000.
DELETE FROM "_prisma_migrations" WHERE "migration_name" IN (
  '20250909170057_add_agency_relationship_to_ems_user',
  '20260106020000_phase2_ems_user_accounts',
  '20260106020100_phase2_ems_agency_repair'
);

COMMIT;

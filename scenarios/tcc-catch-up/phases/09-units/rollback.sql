-- Undoes phase 9: units loses its last five columns and the unique number within an agency.
--
-- What is lost, and therefore refused unless it is said first (see the hint of the refusal):
--   status, equipment and position of units
--
-- Works on a phase that stopped half-way as well: each part goes if it is there. All or nothing.
--   psql -v ON_ERROR_STOP=1 -f rollback.sql

BEGIN;

-- Nothing with a value goes unsaid. The locks hold until the end, so nothing is written in between.
DO $$
DECLARE
  "found" bigint;
  "accepted" boolean := coalesce(current_setting('phase_rollback.accept_loss', true) = 'yes', false);
  "hint" text := 'Save what is there, or accept the loss in this session first: '
    || 'SET "phase_rollback"."accept_loss" = ''yes'';';
BEGIN
  LOCK TABLE "units" IN ACCESS EXCLUSIVE MODE;
  -- A status equal to currentStatus is what the phase filled in, and no loss.
  SELECT count(*) INTO "found"
    FROM "units" AS "row", jsonb_each(to_jsonb("row")) AS "column"("name", "value")
    WHERE "column"."name" IN (
        'status', 'equipment', 'location', 'latitude', 'longitude'
      )
      AND "column"."value" <> 'null'
      AND NOT ("column"."name" = 'status' AND "column"."value" = to_jsonb("row"."currentStatus"));
  IF "found" > 0 AND NOT "accepted" THEN
    RAISE EXCEPTION 'phase 9 is not rolled back: % value(s) in its columns of units', "found"
      USING HINT = "hint";
  END IF;
END $$;

DROP INDEX IF EXISTS "units_agencyId_unitNumber_key";
ALTER TABLE "units"
  DROP COLUMN IF EXISTS "status",
  DROP COLUMN IF EXISTS "equipment",
  DROP COLUMN IF EXISTS "location",
  DROP COLUMN IF EXISTS "latitude",
  DROP COLUMN IF EXISTS "longitude";

-- IF EXISTS passes over a wrong name in silence, so look at what is left.
DO $$ BEGIN
  IF EXISTS (
      SELECT FROM pg_attribute
      WHERE attrelid = 'public.units'::regclass AND NOT attisdropped AND attname IN (
        'status', 'equipment', 'location', 'latitude', 'longitude'
      )
    )
    OR to_regclass('public."units_agencyId_unitNumber_key"') IS NOT NULL
  THEN
    RAISE EXCEPTION 'phase 9 is not rolled back: something of it is left';
  END IF;
END $$;

-- From here on these files are pending again: unless the phase is taken out of the deployed folder first,
-- the next `prisma migrate deploy` applies them again.
-- What history recorded before the phase stays recorded: 20250909152957.
DELETE FROM "_prisma_migrations" WHERE "migration_name" IN (
  '20250909155719_q',
  '20250909163838_replace_shift_times_with_onduty',
  '20250909171727_remove_ison_duty_field',
  '20260106090000_phase9_units_complete'
);

COMMIT;

-- Undoes phase 7: The four cost tables go; units loses its crew size.
--
-- What is lost, and therefore refused unless it is said first (see the hint of the refusal):
--   pricing models, cost breakdowns, cost centers, backhaul opportunities
--   crew sizes other than two
--
-- Works on a phase that stopped half-way as well: each part goes if it is there. All or nothing.
--   psql -v ON_ERROR_STOP=1 -f rollback.sql

BEGIN;

-- Later phases build on this one.
DO $$ BEGIN
  IF EXISTS (SELECT FROM "_prisma_migrations" WHERE "migration_name" ~ '^202601060[8-9]') THEN
    RAISE EXCEPTION 'phase 7 is not rolled back: a later phase is recorded'
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
  LOCK TABLE "units" IN ACCESS EXCLUSIVE MODE;
  FOREACH "table" IN ARRAY ARRAY[
    'pricing_models', 'trip_cost_breakdowns', 'cost_centers', 'backhaul_opportunities'
  ] LOOP
    IF to_regclass(format('public.%I', "table")) IS NOT NULL THEN
      EXECUTE format('LOCK TABLE %I IN ACCESS EXCLUSIVE MODE', "table");
      EXECUTE format('SELECT count(*) FROM %I', "table") INTO "found";
      IF "found" > 0 AND NOT "accepted" THEN
        RAISE EXCEPTION 'phase 7 is not rolled back: % holds % row(s)', "table", "found" USING HINT = "hint";
      END IF;
    END IF;
  END LOOP;
  SELECT count(*) INTO "found"
    FROM "units" AS "row", jsonb_each(to_jsonb("row")) AS "column"("name", "value")
    WHERE "column"."name" IN (
        'crewSize'
      )
      AND "column"."value" <> 'null'
      AND "column"."value" IS DISTINCT FROM (
        '{"crewSize": 2}'::jsonb
        -> "column"."name"
      );
  IF "found" > 0 AND NOT "accepted" THEN
    RAISE EXCEPTION 'phase 7 is not rolled back: % value(s) in its columns of units', "found"
      USING HINT = "hint";
  END IF;
END $$;

DROP TABLE IF EXISTS "pricing_models";
DROP TABLE IF EXISTS "trip_cost_breakdowns";
DROP TABLE IF EXISTS "cost_centers";
DROP TABLE IF EXISTS "backhaul_opportunities";
ALTER TABLE "units"
  DROP COLUMN IF EXISTS "crewSize";

-- IF EXISTS passes over a wrong name in silence, so look at what is left.
DO $$ BEGIN
  IF EXISTS (
      SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname IN (
        'pricing_models', 'trip_cost_breakdowns', 'cost_centers', 'backhaul_opportunities'
      )
    )
    OR EXISTS (
      SELECT FROM pg_attribute
      WHERE attrelid = 'public.units'::regclass AND NOT attisdropped AND attname IN (
        'crewSize'
      )
    )
  THEN
    RAISE EXCEPTION 'phase 7 is not rolled back: something of it is left';
  END IF;
END $$;

-- From here on these files are pending again: unless the phase is taken out of the deployed folder first,
-- the next `prisma migrate deploy` applies them again.
-- What history recorded before the phase stays recorded: 20250917170740.
DELETE FROM "_prisma_migrations" WHERE "migration_name" IN (
  '20250917165001_add_crew_cost_management',
  '20250917165101_add_crew_cost_management_ems',
  '20250917180000_add_trip_cost_breakdown_and_cost_centers',
  '20260106070000_phase7_pricing_models_repair',
  '20260106070100_phase7_backhaul_opportunities'
);

COMMIT;

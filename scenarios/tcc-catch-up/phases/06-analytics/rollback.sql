-- Undoes phase 6: unit_analytics and route_optimization_settings go; units goes back to ten columns,
-- system_analytics to five.
--
-- What is lost, and therefore refused unless it is said first (see the hint of the refusal):
--   figures of units and settings of the optimizer
--   maintenance times and the last change of status of units
--
-- Works on a phase that stopped half-way as well: each part goes if it is there. All or nothing.
--   psql -v ON_ERROR_STOP=1 -f rollback.sql

BEGIN;

-- Later phases build on this one.
DO $$ BEGIN
  IF EXISTS (SELECT FROM "_prisma_migrations" WHERE "migration_name" ~ '^202601060[7-9]') THEN
    RAISE EXCEPTION 'phase 6 is not rolled back: a later phase is recorded'
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
  LOCK TABLE "system_analytics" IN ACCESS EXCLUSIVE MODE;
  FOREACH "table" IN ARRAY ARRAY[
    'unit_analytics', 'route_optimization_settings'
  ] LOOP
    IF to_regclass(format('public.%I', "table")) IS NOT NULL THEN
      EXECUTE format('LOCK TABLE %I IN ACCESS EXCLUSIVE MODE', "table");
      EXECUTE format('SELECT count(*) FROM %I', "table") INTO "found";
      IF "found" > 0 AND NOT "accepted" THEN
        RAISE EXCEPTION 'phase 6 is not rolled back: % holds % row(s)', "table", "found" USING HINT = "hint";
      END IF;
    END IF;
  END LOOP;
  -- A change of status equal to updatedAt is what the phase filled in, and no loss.
  SELECT count(*) INTO "found"
    FROM "units" AS "row", jsonb_each(to_jsonb("row")) AS "column"("name", "value")
    WHERE "column"."name" IN (
        'lastMaintenance', 'nextMaintenance', 'lastStatusUpdate'
      )
      AND "column"."value" <> 'null'
      AND NOT ("column"."name" = 'lastStatusUpdate' AND "column"."value" = to_jsonb("row"."updatedAt"));
  IF "found" > 0 AND NOT "accepted" THEN
    RAISE EXCEPTION 'phase 6 is not rolled back: % value(s) in its columns of units', "found"
      USING HINT = "hint";
  END IF;
  -- A createdAt equal to timestamp is what the phase filled in, and no loss.
  SELECT count(*) INTO "found"
    FROM "system_analytics" AS "row", jsonb_each(to_jsonb("row")) AS "column"("name", "value")
    WHERE "column"."name" IN (
        'createdAt'
      )
      AND "column"."value" <> 'null'
      AND NOT ("column"."name" = 'createdAt' AND "column"."value" = to_jsonb("row"."timestamp"));
  IF "found" > 0 AND NOT "accepted" THEN
    RAISE EXCEPTION 'phase 6 is not rolled back: % value(s) in its columns of system_analytics', "found"
      USING HINT = "hint";
  END IF;
END $$;

DROP TABLE IF EXISTS "unit_analytics";
DROP TABLE IF EXISTS "route_optimization_settings";
ALTER TABLE "units"
  DROP COLUMN IF EXISTS "lastMaintenance",
  DROP COLUMN IF EXISTS "nextMaintenance",
  DROP COLUMN IF EXISTS "lastStatusUpdate";
ALTER TABLE "system_analytics"
  DROP COLUMN IF EXISTS "createdAt";

-- IF EXISTS passes over a wrong name in silence, so look at what is left.
DO $$ BEGIN
  IF EXISTS (
      SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname IN (
        'unit_analytics', 'route_optimization_settings'
      )
    )
    OR EXISTS (
      SELECT FROM pg_attribute
      WHERE attrelid = 'public.units'::regclass AND NOT attisdropped AND attname IN (
        'lastMaintenance', 'nextMaintenance', 'lastStatusUpdate'
      )
    )
    OR EXISTS (
      SELECT FROM pg_attribute
      WHERE attrelid = 'public.system_analytics'::regclass AND NOT attisdropped AND attname IN (
        'createdAt'
      )
    )
  THEN
    RAISE EXCEPTION 'phase 6 is not rolled back: something of it is left';
  END IF;
END $$;

-- From here on these files are pending again: unless the phase is taken out of the deployed folder first,
-- the next `prisma migrate deploy` applies them again.
DELETE FROM "_prisma_migrations" WHERE "migration_name" IN (
  '20250910191806_add_route_optimization_fields',
  '20250917132535_add_route_optimization_settings',
  '20250917160459_add_analytics_fields',
  '20250917160504_add_unit_analytics_fields',
  '20260106060000_phase6_unit_analytics_complete',
  '20260106060100_phase6_system_analytics_created_at'
);

COMMIT;

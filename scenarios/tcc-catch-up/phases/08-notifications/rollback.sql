-- Undoes phase 8: The two notification tables go.
--
-- What is lost, and therefore refused unless it is said first (see the hint of the refusal):
--   what users want to be told by which channel
--   the log of what was sent
--
-- Works on a phase that stopped half-way as well: each part goes if it is there. All or nothing.
--   psql -v ON_ERROR_STOP=1 -f rollback.sql

BEGIN;

-- Later phases build on this one.
DO $$ BEGIN
  IF EXISTS (SELECT FROM "_prisma_migrations" WHERE "migration_name" ~ '^2026010609') THEN
    RAISE EXCEPTION 'phase 8 is not rolled back: a later phase is recorded'
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
    'notification_logs', 'notification_preferences'
  ] LOOP
    IF to_regclass(format('public.%I', "table")) IS NOT NULL THEN
      EXECUTE format('LOCK TABLE %I IN ACCESS EXCLUSIVE MODE', "table");
      EXECUTE format('SELECT count(*) FROM %I', "table") INTO "found";
      IF "found" > 0 AND NOT "accepted" THEN
        RAISE EXCEPTION 'phase 8 is not rolled back: % holds % row(s)', "table", "found" USING HINT = "hint";
      END IF;
    END IF;
  END LOOP;
END $$;

DROP TABLE IF EXISTS "notification_logs";
DROP TABLE IF EXISTS "notification_preferences";

-- IF EXISTS passes over a wrong name in silence, so look at what is left.
DO $$ BEGIN
  IF EXISTS (
      SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname IN (
        'notification_logs', 'notification_preferences'
      )
    )
  THEN
    RAISE EXCEPTION 'phase 8 is not rolled back: something of it is left';
  END IF;
END $$;

-- From here on these files are pending again: unless the phase is taken out of the deployed folder first,
-- the next `prisma migrate deploy` applies them again.
DELETE FROM "_prisma_migrations" WHERE "migration_name" IN (
  '20260106080000_phase8_notifications'
);

COMMIT;

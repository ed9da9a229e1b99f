-- Undoes phase 1: center_users goes back to its eight columns.
--
-- What is lost, and therefore refused unless it is said first (see the hint of the refusal):
--   phone numbers, notification settings, last logins and activity of the control center's users
--   who was deleted: those people could log in again
--
-- Works on a phase that stopped half-way as well: each part goes if it is there. All or nothing.
--   psql -v ON_ERROR_STOP=1 -f rollback.sql

BEGIN;

-- Later phases build on this one.
DO $$ BEGIN
  IF EXISTS (SELECT FROM "_prisma_migrations" WHERE "migration_name" ~ '^202601060[2-9]') THEN
    RAISE EXCEPTION 'phase 1 is not rolled back: a later phase is recorded'
      USING HINT = 'Roll back the later phases first, the last one first.';
  END IF;
END $$;

-- Nothing with a value goes unsaid. The locks hold until the end, so nothing is written in between.
DO $$
DECLARE
  "found" bigint;
  "accepted" boolean := coalesce(current_setting('phase_rollback.accept_loss', true) = 'yes', false);
  "hint" text := 'Save what is there, or accept the loss in this session first: '
    || 'SET "phase_rollback"."accept_loss" = ''yes'';';
BEGIN
  LOCK TABLE "center_users" IN ACCESS EXCLUSIVE MODE;
  SELECT count(*) INTO "found"
    FROM "center_users" AS "row", jsonb_each(to_jsonb("row")) AS "column"("name", "value")
    WHERE "column"."name" IN (
        'phone', 'emailNotifications', 'smsNotifications', 'deletedAt', 'isDeleted', 'lastLogin',
        'lastActivity'
      )
      AND "column"."value" <> 'null'
      AND "column"."value" IS DISTINCT FROM (
        '{"emailNotifications": true, "smsNotifications": false, "isDeleted": false}'::jsonb
        -> "column"."name"
      );
  IF "found" > 0 AND NOT "accepted" THEN
    RAISE EXCEPTION 'phase 1 is not rolled back: % value(s) in its columns of center_users', "found"
      USING HINT = "hint";
  END IF;
END $$;

ALTER TABLE "center_users"
  DROP COLUMN IF EXISTS "phone",
  DROP COLUMN IF EXISTS "emailNotifications",
  DROP COLUMN IF EXISTS "smsNotifications",
  DROP COLUMN IF EXISTS "deletedAt",
  DROP COLUMN IF EXISTS "isDeleted",
  DROP COLUMN IF EXISTS "lastLogin",
  DROP COLUMN IF EXISTS "lastActivity";

-- IF EXISTS passes over a wrong name in silence, so look at what is left.
DO $$ BEGIN
  IF EXISTS (
      SELECT FROM pg_attribute
      WHERE attrelid = 'public.center_users'::regclass AND NOT attisdropped AND attname IN (
        'phone', 'emailNotifications', 'smsNotifications', 'deletedAt', 'isDeleted', 'lastLogin',
        'lastActivity'
      )
    )
  THEN
    RAISE EXCEPTION 'phase 1 is not rolled back: something of it is left';
  END IF;
END $$;

-- From here on these files are pending again: unless the phase is taken out of the deployed folder first,
-- the next `prisma migrate deploy` applies them again.
DELETE FROM "_prisma_migrations" WHERE "migration_name" IN (
  '20250917170653_add_center_tables',
  '20251204101500_add_user_deletion_fields',
  '20260106010000_phase1_center_user_notification_and_login'
);

COMMIT;

-- A deleted account is marked, not removed, in each of the three user tables that exists.
-- Where agency or healthcare accounts are still to come, 20260106020000 and 20260106030000 do the
-- same for them.

ALTER TABLE "center_users" ADD COLUMN IF NOT EXISTS "deletedAt" TIMESTAMP(3);
ALTER TABLE "center_users" ADD COLUMN IF NOT EXISTS "isDeleted" BOOLEAN NOT NULL DEFAULT false;

CREATE INDEX IF NOT EXISTS "center_users_isDeleted_idx" ON "center_users"("isDeleted");

ALTER TABLE IF EXISTS "healthcare_users" ADD COLUMN IF NOT EXISTS "deletedAt" TIMESTAMP(3);
ALTER TABLE IF EXISTS "healthcare_users" ADD COLUMN IF NOT EXISTS "isDeleted" BOOLEAN NOT NULL DEFAULT false;

DO $$
BEGIN
    IF to_regclass('public.healthcare_users') IS NOT NULL THEN
        CREATE INDEX IF NOT EXISTS "healthcare_users_isDeleted_idx" ON "healthcare_users"("isDeleted");
    END IF;
END $$;

ALTER TABLE IF EXISTS "ems_users" ADD COLUMN IF NOT EXISTS "deletedAt" TIMESTAMP(3);
ALTER TABLE IF EXISTS "ems_users" ADD COLUMN IF NOT EXISTS "isDeleted" BOOLEAN NOT NULL DEFAULT false;

DO $$
BEGIN
    IF to_regclass('public.ems_users') IS NOT NULL THEN
        CREATE INDEX IF NOT EXISTS "ems_users_isDeleted_idx" ON "ems_users"("isDeleted");
    END IF;
END $$;

-- Agency accounts in full: sub-users, the duty to change a first password, deletion, last login.
-- 20251204101500 had no agency accounts to mark, so their deletion columns come here.

ALTER TABLE "ems_users" ADD COLUMN IF NOT EXISTS "isSubUser" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "ems_users" ADD COLUMN IF NOT EXISTS "parentUserId" TEXT;
ALTER TABLE "ems_users" ADD COLUMN IF NOT EXISTS "mustChangePassword" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "ems_users" ADD COLUMN IF NOT EXISTS "orgAdmin" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "ems_users" ADD COLUMN IF NOT EXISTS "deletedAt" TIMESTAMP(3);
ALTER TABLE "ems_users" ADD COLUMN IF NOT EXISTS "isDeleted" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "ems_users" ADD COLUMN IF NOT EXISTS "lastLogin" TIMESTAMP(3);
ALTER TABLE "ems_users" ADD COLUMN IF NOT EXISTS "lastActivity" TIMESTAMP(3);

CREATE INDEX IF NOT EXISTS "ems_users_isDeleted_idx" ON "ems_users"("isDeleted");
CREATE INDEX IF NOT EXISTS "ems_users_lastLogin_idx" ON "ems_users"("lastLogin");
CREATE INDEX IF NOT EXISTS "ems_users_lastActivity_idx" ON "ems_users"("lastActivity");

DO $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM pg_constraint
        WHERE conrelid = to_regclass('public.ems_users') AND conname = 'ems_users_parentUserId_fkey'
    ) THEN
        ALTER TABLE "ems_users" ADD CONSTRAINT "ems_users_parentUserId_fkey"
            FOREIGN KEY ("parentUserId") REFERENCES "ems_users"("id") ON DELETE SET NULL ON UPDATE CASCADE;
    END IF;
END $$;

-- Healthcare accounts in full: text messages, sub-users, the duty to change a first password,
-- deletion, last login. 20251204101500 had no healthcare accounts to mark, so their deletion
-- columns come here.

ALTER TABLE "healthcare_users" ADD COLUMN IF NOT EXISTS "smsNotifications" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "healthcare_users" ADD COLUMN IF NOT EXISTS "isSubUser" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "healthcare_users" ADD COLUMN IF NOT EXISTS "parentUserId" TEXT;
ALTER TABLE "healthcare_users" ADD COLUMN IF NOT EXISTS "mustChangePassword" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "healthcare_users" ADD COLUMN IF NOT EXISTS "orgAdmin" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "healthcare_users" ADD COLUMN IF NOT EXISTS "deletedAt" TIMESTAMP(3);
ALTER TABLE "healthcare_users" ADD COLUMN IF NOT EXISTS "isDeleted" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "healthcare_users" ADD COLUMN IF NOT EXISTS "lastLogin" TIMESTAMP(3);
ALTER TABLE "healthcare_users" ADD COLUMN IF NOT EXISTS "lastActivity" TIMESTAMP(3);

CREATE INDEX IF NOT EXISTS "healthcare_users_isDeleted_idx" ON "healthcare_users"("isDeleted");
CREATE INDEX IF NOT EXISTS "healthcare_users_lastLogin_idx" ON "healthcare_users"("lastLogin");
CREATE INDEX IF NOT EXISTS "healthcare_users_lastActivity_idx" ON "healthcare_users"("lastActivity");

DO $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM pg_constraint
        WHERE conrelid = to_regclass('public.healthcare_users') AND conname = 'healthcare_users_parentUserId_fkey'
    ) THEN
        ALTER TABLE "healthcare_users" ADD CONSTRAINT "healthcare_users_parentUserId_fkey"
            FOREIGN KEY ("parentUserId") REFERENCES "healthcare_users"("id") ON DELETE SET NULL ON UPDATE CASCADE;
    END IF;
END $$;

-- How a center user wants to be reached, and when they were last here: in no earlier migration.

ALTER TABLE "center_users" ADD COLUMN IF NOT EXISTS "phone" TEXT;
ALTER TABLE "center_users" ADD COLUMN IF NOT EXISTS "emailNotifications" BOOLEAN NOT NULL DEFAULT true;
ALTER TABLE "center_users" ADD COLUMN IF NOT EXISTS "smsNotifications" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "center_users" ADD COLUMN IF NOT EXISTS "lastLogin" TIMESTAMP(3);
ALTER TABLE "center_users" ADD COLUMN IF NOT EXISTS "lastActivity" TIMESTAMP(3);

CREATE INDEX IF NOT EXISTS "center_users_lastLogin_idx" ON "center_users"("lastLogin");
CREATE INDEX IF NOT EXISTS "center_users_lastActivity_idx" ON "center_users"("lastActivity");

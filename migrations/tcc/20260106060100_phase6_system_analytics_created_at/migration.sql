-- When a metric was written. Earlier ones were written at the time that they measured.

ALTER TABLE "system_analytics" ADD COLUMN IF NOT EXISTS "createdAt" TIMESTAMP(3);
UPDATE "system_analytics" SET "createdAt" = "timestamp" WHERE "createdAt" IS NULL;
ALTER TABLE "system_analytics" ALTER COLUMN "createdAt" SET DEFAULT CURRENT_TIMESTAMP;
ALTER TABLE "system_analytics" ALTER COLUMN "createdAt" SET NOT NULL;

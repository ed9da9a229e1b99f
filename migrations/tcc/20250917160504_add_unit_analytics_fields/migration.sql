-- When a unit was and will be maintained, and when its status last changed.
-- For units that exist already their last update is the best known time of a change of status.

ALTER TABLE "units" ADD COLUMN IF NOT EXISTS "lastMaintenance" TIMESTAMP(3);
ALTER TABLE "units" ADD COLUMN IF NOT EXISTS "nextMaintenance" TIMESTAMP(3);

ALTER TABLE "units" ADD COLUMN IF NOT EXISTS "lastStatusUpdate" TIMESTAMP(3);
UPDATE "units" SET "lastStatusUpdate" = "updatedAt" WHERE "lastStatusUpdate" IS NULL;
ALTER TABLE "units" ALTER COLUMN "lastStatusUpdate" SET DEFAULT CURRENT_TIMESTAMP;
ALTER TABLE "units" ALTER COLUMN "lastStatusUpdate" SET NOT NULL;

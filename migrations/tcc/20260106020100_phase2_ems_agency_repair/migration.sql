-- Agencies as the schema wants them, whatever was done to them by hand.
-- addedAt may exist and be empty: such an agency counts as added when its row was created.
-- availabilityStatus repeats 20251204130000, which the history of production claims and which never ran there.

ALTER TABLE "ems_agencies" ADD COLUMN IF NOT EXISTS "addedBy" TEXT;

ALTER TABLE "ems_agencies" ADD COLUMN IF NOT EXISTS "addedAt" TIMESTAMP(3);
UPDATE "ems_agencies" SET "addedAt" = "createdAt" WHERE "addedAt" IS NULL;
ALTER TABLE "ems_agencies" ALTER COLUMN "addedAt" SET DEFAULT CURRENT_TIMESTAMP;
ALTER TABLE "ems_agencies" ALTER COLUMN "addedAt" SET NOT NULL;

ALTER TABLE "ems_agencies" ADD COLUMN IF NOT EXISTS "availabilityStatus" JSONB DEFAULT '{"isAvailable": false, "availableLevels": []}';

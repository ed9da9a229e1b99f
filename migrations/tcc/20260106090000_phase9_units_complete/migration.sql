-- The columns of a unit that no earlier migration has, and one unit per number within an agency.
-- A unit that exists already keeps its currentStatus as status: it must not look available when it is not.
-- Fails on an agency that uses a number twice: which of the two to rename is a person's decision.

ALTER TABLE "units" ADD COLUMN IF NOT EXISTS "status" TEXT;
UPDATE "units" SET "status" = "currentStatus" WHERE "status" IS NULL;
ALTER TABLE "units" ALTER COLUMN "status" SET DEFAULT 'AVAILABLE';
ALTER TABLE "units" ALTER COLUMN "status" SET NOT NULL;

ALTER TABLE "units" ADD COLUMN IF NOT EXISTS "equipment" TEXT[];

CREATE UNIQUE INDEX IF NOT EXISTS "units_agencyId_unitNumber_key" ON "units"("agencyId", "unitNumber");

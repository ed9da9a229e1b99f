-- What an insurance pays for a trip, and what a mile costs.

ALTER TABLE "trips" ADD COLUMN IF NOT EXISTS "insurancePayRate" DECIMAL(10,2);
ALTER TABLE "trips" ADD COLUMN IF NOT EXISTS "perMileRate" DECIMAL(8,2);

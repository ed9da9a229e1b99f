-- What the route optimizer needs of a trip: both ends, distance, times and cost.
-- requestTimestamp gets its default afterwards: nobody knows when an older trip was requested, and
-- it must not look as if that had been today.
-- Left to others: insuranceCompany (20250917170718).

ALTER TABLE "trips" ADD COLUMN IF NOT EXISTS "originLatitude" DOUBLE PRECISION;
ALTER TABLE "trips" ADD COLUMN IF NOT EXISTS "originLongitude" DOUBLE PRECISION;
ALTER TABLE "trips" ADD COLUMN IF NOT EXISTS "destinationLatitude" DOUBLE PRECISION;
ALTER TABLE "trips" ADD COLUMN IF NOT EXISTS "destinationLongitude" DOUBLE PRECISION;
ALTER TABLE "trips" ADD COLUMN IF NOT EXISTS "tripCost" DECIMAL(10,2);
ALTER TABLE "trips" ADD COLUMN IF NOT EXISTS "distanceMiles" DOUBLE PRECISION;
ALTER TABLE "trips" ADD COLUMN IF NOT EXISTS "responseTimeMinutes" INTEGER;
ALTER TABLE "trips" ADD COLUMN IF NOT EXISTS "deadheadMiles" DOUBLE PRECISION;
ALTER TABLE "trips" ADD COLUMN IF NOT EXISTS "estimatedTripTimeMinutes" INTEGER;
ALTER TABLE "trips" ADD COLUMN IF NOT EXISTS "actualTripTimeMinutes" INTEGER;
ALTER TABLE "trips" ADD COLUMN IF NOT EXISTS "completionTimeMinutes" INTEGER;

ALTER TABLE "trips" ADD COLUMN IF NOT EXISTS "requestTimestamp" TIMESTAMP(3);
ALTER TABLE "trips" ALTER COLUMN "requestTimestamp" SET DEFAULT CURRENT_TIMESTAMP;

-- Every column that a trip has in the end, because answers to agencies read whole trips.
-- insuranceCompany repeats 20250917170718, which the history of production claims and which never ran there. The route
-- and analytics columns come before 20250910191806 and 20250917160459, which are due two phases
-- later and then find them. What no migration has: the pickup location (its key follows with
-- pickup_locations, 20260106050000) and how agencies' responses are collected.
-- requestTimestamp gets its default afterwards: nobody knows when an older trip was requested, and
-- it must not look as if that had been today.

ALTER TABLE "trips" ADD COLUMN IF NOT EXISTS "insuranceCompany" TEXT;

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

ALTER TABLE "trips" ADD COLUMN IF NOT EXISTS "backhaulOpportunity" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "trips" ADD COLUMN IF NOT EXISTS "customerSatisfaction" INTEGER;
ALTER TABLE "trips" ADD COLUMN IF NOT EXISTS "efficiency" DECIMAL(5,2);
ALTER TABLE "trips" ADD COLUMN IF NOT EXISTS "loadedMiles" DECIMAL(10,2);
ALTER TABLE "trips" ADD COLUMN IF NOT EXISTS "performanceScore" DECIMAL(5,2);
ALTER TABLE "trips" ADD COLUMN IF NOT EXISTS "revenuePerHour" DECIMAL(10,2);

ALTER TABLE "trips" ADD COLUMN IF NOT EXISTS "pickupLocationId" TEXT;
ALTER TABLE "trips" ADD COLUMN IF NOT EXISTS "maxResponses" INTEGER NOT NULL DEFAULT 5;
ALTER TABLE "trips" ADD COLUMN IF NOT EXISTS "responseDeadline" TIMESTAMP(3);
ALTER TABLE "trips" ADD COLUMN IF NOT EXISTS "responseStatus" TEXT NOT NULL DEFAULT 'PENDING';
ALTER TABLE "trips" ADD COLUMN IF NOT EXISTS "selectionMode" TEXT NOT NULL DEFAULT 'SPECIFIC_AGENCIES';

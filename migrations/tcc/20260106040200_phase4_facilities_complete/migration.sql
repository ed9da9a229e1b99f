-- Facilities in full. No migration adds these, and a list of trips reads them as soon as one trip
-- starts or ends at a facility.

ALTER TABLE "facilities" ADD COLUMN IF NOT EXISTS "capabilities" TEXT[] DEFAULT ARRAY[]::TEXT[];
ALTER TABLE "facilities" ADD COLUMN IF NOT EXISTS "coordinates" JSONB;
ALTER TABLE "facilities" ADD COLUMN IF NOT EXISTS "latitude" DOUBLE PRECISION;
ALTER TABLE "facilities" ADD COLUMN IF NOT EXISTS "longitude" DOUBLE PRECISION;
ALTER TABLE "facilities" ADD COLUMN IF NOT EXISTS "operatingHours" TEXT;
ALTER TABLE "facilities" ADD COLUMN IF NOT EXISTS "requiresReview" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "facilities" ADD COLUMN IF NOT EXISTS "approvedAt" TIMESTAMP(3);
ALTER TABLE "facilities" ADD COLUMN IF NOT EXISTS "approvedBy" TEXT;

-- Coordinates of a location, for distances to agencies.

ALTER TABLE "healthcare_locations" ADD COLUMN IF NOT EXISTS "latitude" DOUBLE PRECISION;
ALTER TABLE "healthcare_locations" ADD COLUMN IF NOT EXISTS "longitude" DOUBLE PRECISION;

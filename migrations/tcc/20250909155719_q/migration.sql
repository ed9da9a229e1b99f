-- Where a unit was last seen: free-form, and as coordinates for the map.
-- Left to others: maintenance and last change of status (20250917160504), status and equipment
-- (20260106090000).

ALTER TABLE "units" ADD COLUMN IF NOT EXISTS "location" JSONB;
ALTER TABLE "units" ADD COLUMN IF NOT EXISTS "latitude" DOUBLE PRECISION;
ALTER TABLE "units" ADD COLUMN IF NOT EXISTS "longitude" DOUBLE PRECISION;

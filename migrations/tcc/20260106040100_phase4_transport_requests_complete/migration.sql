-- The columns of a transport that no migration has, and those of 20251008113055, which in the order
-- of the phases found no transports yet.
-- Left to others: the key of pickupLocationId, which follows with pickup_locations (20260106050000).

ALTER TABLE "transport_requests" ADD COLUMN IF NOT EXISTS "fromLocationId" TEXT;
ALTER TABLE "transport_requests" ADD COLUMN IF NOT EXISTS "isMultiLocationFacility" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "transport_requests" ADD COLUMN IF NOT EXISTS "arrivalTimestamp" TIMESTAMP(3);
ALTER TABLE "transport_requests" ADD COLUMN IF NOT EXISTS "departureTimestamp" TIMESTAMP(3);
ALTER TABLE "transport_requests" ADD COLUMN IF NOT EXISTS "pickupLocationId" TEXT;

CREATE INDEX IF NOT EXISTS "transport_requests_fromLocationId_idx" ON "transport_requests"("fromLocationId");
CREATE INDEX IF NOT EXISTS "transport_requests_isMultiLocationFacility_idx" ON "transport_requests"("isMultiLocationFacility");

DO $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM pg_constraint
        WHERE conrelid = to_regclass('public.transport_requests') AND conname = 'transport_requests_fromLocationId_fkey'
    ) THEN
        ALTER TABLE "transport_requests" ADD CONSTRAINT "transport_requests_fromLocationId_fkey"
            FOREIGN KEY ("fromLocationId") REFERENCES "healthcare_locations"("id") ON DELETE SET NULL ON UPDATE CASCADE;
    END IF;
END $$;

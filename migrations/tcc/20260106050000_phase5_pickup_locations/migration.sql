-- Where within a hospital a patient is collected: created by no migration. Transports and trips hold
-- its id since phase 4 and get their keys now.
-- hospitalId is a loose reference, because it may name a healthcare location as well.

CREATE TABLE IF NOT EXISTS "pickup_locations" (
    "id" TEXT NOT NULL,
    "hospitalId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "contactPhone" TEXT,
    "contactEmail" TEXT,
    "floor" TEXT,
    "room" TEXT,
    "isActive" BOOLEAN NOT NULL DEFAULT true,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    CONSTRAINT "pickup_locations_pkey" PRIMARY KEY ("id")
);

DO $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM pg_constraint
        WHERE conrelid = to_regclass('public.transport_requests') AND conname = 'transport_requests_pickupLocationId_fkey'
    ) THEN
        ALTER TABLE "transport_requests" ADD CONSTRAINT "transport_requests_pickupLocationId_fkey"
            FOREIGN KEY ("pickupLocationId") REFERENCES "pickup_locations"("id") ON DELETE SET NULL ON UPDATE CASCADE;
    END IF;
END $$;

DO $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM pg_constraint
        WHERE conrelid = to_regclass('public.trips') AND conname = 'trips_pickupLocationId_fkey'
    ) THEN
        ALTER TABLE "trips" ADD CONSTRAINT "trips_pickupLocationId_fkey"
            FOREIGN KEY ("pickupLocationId") REFERENCES "pickup_locations"("id") ON DELETE SET NULL ON UPDATE CASCADE;
    END IF;
END $$;

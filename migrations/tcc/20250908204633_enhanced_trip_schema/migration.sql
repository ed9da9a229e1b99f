-- The facilities' side of the first trip model: their users, the facilities, and what ties a
-- requested transport to both.
-- Left to others: facilities.region (20250909152957) and the rest of facilities (20260106040200).
-- healthcareCreatedById stays a loose reference without a foreign key.

CREATE TABLE IF NOT EXISTS "healthcare_users" (
    "id" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "password" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "facilityName" TEXT NOT NULL,
    "facilityType" TEXT NOT NULL,
    "userType" TEXT NOT NULL DEFAULT 'HEALTHCARE',
    "isActive" BOOLEAN NOT NULL DEFAULT true,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    CONSTRAINT "healthcare_users_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX IF NOT EXISTS "healthcare_users_email_key" ON "healthcare_users"("email");

CREATE TABLE IF NOT EXISTS "facilities" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "city" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "zipCode" TEXT NOT NULL,
    "phone" TEXT,
    "email" TEXT,
    "type" TEXT NOT NULL,
    "isActive" BOOLEAN NOT NULL DEFAULT true,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    CONSTRAINT "facilities_pkey" PRIMARY KEY ("id")
);

ALTER TABLE "transport_requests" ADD COLUMN IF NOT EXISTS "healthcareCreatedById" TEXT;

DO $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM pg_constraint
        WHERE conrelid = to_regclass('public.transport_requests') AND conname = 'transport_requests_originFacilityId_fkey'
    ) THEN
        ALTER TABLE "transport_requests" ADD CONSTRAINT "transport_requests_originFacilityId_fkey"
            FOREIGN KEY ("originFacilityId") REFERENCES "facilities"("id") ON DELETE SET NULL ON UPDATE CASCADE;
    END IF;
END $$;

DO $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM pg_constraint
        WHERE conrelid = to_regclass('public.transport_requests') AND conname = 'transport_requests_destinationFacilityId_fkey'
    ) THEN
        ALTER TABLE "transport_requests" ADD CONSTRAINT "transport_requests_destinationFacilityId_fkey"
            FOREIGN KEY ("destinationFacilityId") REFERENCES "facilities"("id") ON DELETE SET NULL ON UPDATE CASCADE;
    END IF;
END $$;

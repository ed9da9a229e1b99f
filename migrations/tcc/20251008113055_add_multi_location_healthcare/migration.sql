-- A facility may have several locations.
-- Where transports exist already they learn from which location they start. Where they are still to
-- come, 20260106040100 does that, and in both cases it adds the indexes and the key.
-- Left to others: coordinates (20251008124127), the account's further columns (20260106030000).

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

ALTER TABLE "healthcare_users" ADD COLUMN IF NOT EXISTS "manageMultipleLocations" BOOLEAN NOT NULL DEFAULT false;

CREATE TABLE IF NOT EXISTS "healthcare_locations" (
    "id" TEXT NOT NULL,
    "healthcareUserId" TEXT NOT NULL,
    "locationName" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "city" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "zipCode" TEXT NOT NULL,
    "phone" TEXT,
    "facilityType" TEXT NOT NULL,
    "isActive" BOOLEAN NOT NULL DEFAULT true,
    "isPrimary" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    CONSTRAINT "healthcare_locations_healthcareUserId_fkey" FOREIGN KEY ("healthcareUserId") REFERENCES "healthcare_users"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "healthcare_locations_pkey" PRIMARY KEY ("id")
);

CREATE INDEX IF NOT EXISTS "healthcare_locations_healthcareUserId_idx" ON "healthcare_locations"("healthcareUserId");
CREATE INDEX IF NOT EXISTS "healthcare_locations_isActive_idx" ON "healthcare_locations"("isActive");

ALTER TABLE IF EXISTS "transport_requests" ADD COLUMN IF NOT EXISTS "fromLocationId" TEXT;
ALTER TABLE IF EXISTS "transport_requests" ADD COLUMN IF NOT EXISTS "isMultiLocationFacility" BOOLEAN NOT NULL DEFAULT false;

-- Places that a facility often sends patients to.

CREATE TABLE IF NOT EXISTS "healthcare_destinations" (
    "id" TEXT NOT NULL,
    "healthcareUserId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "city" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "zipCode" TEXT NOT NULL,
    "phone" TEXT,
    "email" TEXT,
    "contactName" TEXT,
    "latitude" DOUBLE PRECISION,
    "longitude" DOUBLE PRECISION,
    "isActive" BOOLEAN NOT NULL DEFAULT true,
    "notes" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    CONSTRAINT "healthcare_destinations_healthcareUserId_fkey" FOREIGN KEY ("healthcareUserId") REFERENCES "healthcare_users"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "healthcare_destinations_pkey" PRIMARY KEY ("id")
);

CREATE INDEX IF NOT EXISTS "healthcare_destinations_healthcareUserId_idx" ON "healthcare_destinations"("healthcareUserId");
CREATE INDEX IF NOT EXISTS "healthcare_destinations_isActive_idx" ON "healthcare_destinations"("isActive");

-- Which agencies a facility works with, and which it prefers.

CREATE TABLE IF NOT EXISTS "healthcare_agency_preferences" (
    "id" TEXT NOT NULL,
    "healthcareUserId" TEXT NOT NULL,
    "agencyId" TEXT NOT NULL,
    "isPreferred" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    CONSTRAINT "healthcare_agency_preferences_healthcareUserId_fkey" FOREIGN KEY ("healthcareUserId") REFERENCES "healthcare_users"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "healthcare_agency_preferences_agencyId_fkey" FOREIGN KEY ("agencyId") REFERENCES "ems_agencies"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "healthcare_agency_preferences_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX IF NOT EXISTS "healthcare_agency_preferences_healthcareUserId_agencyId_key" ON "healthcare_agency_preferences"("healthcareUserId", "agencyId");
CREATE INDEX IF NOT EXISTS "healthcare_agency_preferences_healthcareUserId_idx" ON "healthcare_agency_preferences"("healthcareUserId");
CREATE INDEX IF NOT EXISTS "healthcare_agency_preferences_agencyId_idx" ON "healthcare_agency_preferences"("agencyId");

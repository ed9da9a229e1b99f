-- CreateTable
CREATE TABLE "healthcare_agency_preferences" (
    "id" TEXT NOT NULL,
    "healthcareUserId" TEXT NOT NULL,
    "agencyId" TEXT NOT NULL,
    "isPreferred" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "healthcare_agency_preferences_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "healthcare_agency_preferences_healthcareUserId_agencyId_key" ON "healthcare_agency_preferences"("healthcareUserId", "agencyId");

-- CreateIndex
CREATE INDEX "healthcare_agency_preferences_agencyId_idx" ON "healthcare_agency_preferences"("agencyId");

-- CreateIndex
CREATE INDEX "healthcare_agency_preferences_healthcareUserId_idx" ON "healthcare_agency_preferences"("healthcareUserId");

-- AddForeignKey
ALTER TABLE "healthcare_agency_preferences" ADD CONSTRAINT "healthcare_agency_preferences_healthcareUserId_fkey" FOREIGN KEY ("healthcareUserId") REFERENCES "healthcare_users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "healthcare_agency_preferences" ADD CONSTRAINT "healthcare_agency_preferences_agencyId_fkey" FOREIGN KEY ("agencyId") REFERENCES "ems_agencies"("id") ON DELETE CASCADE ON UPDATE CASCADE;

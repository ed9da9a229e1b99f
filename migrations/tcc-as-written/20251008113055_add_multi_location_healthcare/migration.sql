-- Edited: the two tables are made here where they are missing.
-- CreateTable
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

-- CreateIndex
CREATE UNIQUE INDEX IF NOT EXISTS "healthcare_users_email_key" ON "healthcare_users"("email");

-- CreateTable
CREATE TABLE IF NOT EXISTS "transport_requests" (
    "id" TEXT NOT NULL,
    "tripNumber" TEXT,
    "patientId" TEXT NOT NULL,
    "patientWeight" TEXT,
    "specialNeeds" TEXT,
    "originFacilityId" TEXT,
    "destinationFacilityId" TEXT,
    "fromLocation" TEXT,
    "toLocation" TEXT,
    "scheduledTime" TIMESTAMP(3),
    "transportLevel" TEXT NOT NULL,
    "urgencyLevel" TEXT,
    "priority" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'PENDING',
    "specialRequirements" TEXT,
    "diagnosis" TEXT,
    "mobilityLevel" TEXT,
    "oxygenRequired" BOOLEAN NOT NULL DEFAULT false,
    "monitoringRequired" BOOLEAN NOT NULL DEFAULT false,
    "generateQRCode" BOOLEAN NOT NULL DEFAULT false,
    "qrCodeData" TEXT,
    "selectedAgencies" TEXT[],
    "notificationRadius" INTEGER,
    "requestTimestamp" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "acceptedTimestamp" TIMESTAMP(3),
    "pickupTimestamp" TIMESTAMP(3),
    "completionTimestamp" TIMESTAMP(3),
    "assignedAgencyId" TEXT,
    "assignedUnitId" TEXT,
    "createdById" TEXT,
    "isolation" BOOLEAN NOT NULL DEFAULT false,
    "bariatric" BOOLEAN NOT NULL DEFAULT false,
    "notes" TEXT,
    "transferRequestTime" TIMESTAMP(3),
    "transferAcceptedTime" TIMESTAMP(3),
    "emsArrivalTime" TIMESTAMP(3),
    "emsDepartureTime" TIMESTAMP(3),
    "readyStart" TIMESTAMP(3),
    "readyEnd" TIMESTAMP(3),
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "transport_requests_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX IF NOT EXISTS "transport_requests_tripNumber_key" ON "transport_requests"("tripNumber");

-- AlterTable
ALTER TABLE "healthcare_users" ADD COLUMN     "manageMultipleLocations" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "healthcare_locations" (
    "id" TEXT NOT NULL,
    "healthcareUserId" TEXT NOT NULL,
    "locationName" VARCHAR(255) NOT NULL,
    "address" VARCHAR(255) NOT NULL,
    "city" VARCHAR(100) NOT NULL,
    "state" VARCHAR(2) NOT NULL,
    "zipCode" VARCHAR(10) NOT NULL,
    "phone" VARCHAR(20),
    "facilityType" VARCHAR(50) NOT NULL,
    "isActive" BOOLEAN NOT NULL DEFAULT true,
    "isPrimary" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "healthcare_locations_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "healthcare_locations_healthcareUserId_idx" ON "healthcare_locations"("healthcareUserId");

-- CreateIndex
CREATE INDEX "healthcare_locations_isActive_idx" ON "healthcare_locations"("isActive");

-- AlterTable
ALTER TABLE "transport_requests" ADD COLUMN     "fromLocationId" TEXT,
ADD COLUMN     "isMultiLocationFacility" BOOLEAN NOT NULL DEFAULT false;

-- CreateIndex
CREATE INDEX "transport_requests_fromLocationId_idx" ON "transport_requests"("fromLocationId");

-- CreateIndex
CREATE INDEX "transport_requests_isMultiLocationFacility_idx" ON "transport_requests"("isMultiLocationFacility");

-- AddForeignKey
ALTER TABLE "healthcare_locations" ADD CONSTRAINT "healthcare_locations_healthcareUserId_fkey" FOREIGN KEY ("healthcareUserId") REFERENCES "healthcare_users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "transport_requests" ADD CONSTRAINT "transport_requests_fromLocationId_fkey" FOREIGN KEY ("fromLocationId") REFERENCES "healthcare_locations"("id") ON DELETE SET NULL ON UPDATE CASCADE;

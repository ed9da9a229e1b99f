/*
  Warnings:

  - You are about to drop the `center_users` table. If the table is not empty, all the data it contains will be lost.
  - You are about to drop the `hospitals` table. If the table is not empty, all the data it contains will be lost.
  - You are about to drop the `system_analytics` table. If the table is not empty, all the data it contains will be lost.
  - You are about to drop the `trips` table. If the table is not empty, all the data it contains will be lost.

*/

-- AlterTable
ALTER TABLE "ems_agencies" DROP COLUMN "acceptsNotifications",
DROP COLUMN "approvedAt",
DROP COLUMN "approvedBy",
DROP COLUMN "availableUnits",
DROP COLUMN "lastUpdated",
DROP COLUMN "latitude",
DROP COLUMN "longitude",
DROP COLUMN "notificationMethods",
DROP COLUMN "requiresReview",
DROP COLUMN "serviceRadius",
DROP COLUMN "totalUnits",
ADD COLUMN     "addedBy" TEXT,
ADD COLUMN     "addedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- DropTable
DROP TABLE "center_users";

-- DropTable
DROP TABLE "hospitals";

-- DropTable
DROP TABLE "system_analytics";

-- DropTable
DROP TABLE "trips";

-- CreateTable
CREATE TABLE "ems_users" (
    "id" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "password" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "agencyName" TEXT NOT NULL,
    "isActive" BOOLEAN NOT NULL DEFAULT true,
    "userType" TEXT NOT NULL DEFAULT 'EMS',
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "ems_users_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "ems_users_email_key" ON "ems_users"("email");

-- CreateTable
CREATE TABLE "units" (
    "id" TEXT NOT NULL,
    "agencyId" TEXT NOT NULL,
    "unitNumber" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "currentStatus" TEXT NOT NULL DEFAULT 'AVAILABLE',
    "capabilities" TEXT[],
    "shiftStart" TIMESTAMP(3),
    "shiftEnd" TIMESTAMP(3),
    "isActive" BOOLEAN NOT NULL DEFAULT true,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "units_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "units_agencyId_unitNumber_key" ON "units"("agencyId", "unitNumber");

-- CreateTable
CREATE TABLE "transport_requests" (
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
CREATE UNIQUE INDEX "transport_requests_tripNumber_key" ON "transport_requests"("tripNumber");

-- AddForeignKey
ALTER TABLE "units" ADD CONSTRAINT "units_agencyId_fkey" FOREIGN KEY ("agencyId") REFERENCES "ems_agencies"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "transport_requests" ADD CONSTRAINT "transport_requests_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "ems_users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "transport_requests" ADD CONSTRAINT "transport_requests_assignedUnitId_fkey" FOREIGN KEY ("assignedUnitId") REFERENCES "units"("id") ON DELETE SET NULL ON UPDATE CASCADE;

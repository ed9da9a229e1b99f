-- Agencies' answers to an offered transport: created by no migration, and dispatch writes them.
-- agencyId is a loose reference without a foreign key.

CREATE TABLE IF NOT EXISTS "agency_responses" (
    "id" TEXT NOT NULL,
    "tripId" TEXT NOT NULL,
    "agencyId" TEXT NOT NULL,
    "response" TEXT NOT NULL,
    "responseTimestamp" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "responseNotes" TEXT,
    "estimatedArrival" TIMESTAMP(3),
    "isSelected" BOOLEAN NOT NULL DEFAULT false,
    "assignedUnitId" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    CONSTRAINT "agency_responses_tripId_fkey" FOREIGN KEY ("tripId") REFERENCES "transport_requests"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "agency_responses_assignedUnitId_fkey" FOREIGN KEY ("assignedUnitId") REFERENCES "units"("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "agency_responses_pkey" PRIMARY KEY ("id")
);

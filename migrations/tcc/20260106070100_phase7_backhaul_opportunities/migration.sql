-- Pairs of trips that one vehicle could serve without an empty return. Both ids are loose references.

CREATE TABLE IF NOT EXISTS "backhaul_opportunities" (
    "id" TEXT NOT NULL,
    "tripId1" TEXT NOT NULL,
    "tripId2" TEXT NOT NULL,
    "revenueBonus" DECIMAL(10,2),
    "efficiency" DECIMAL(5,2),
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "isActive" BOOLEAN NOT NULL DEFAULT true,
    CONSTRAINT "backhaul_opportunities_pkey" PRIMARY KEY ("id")
);

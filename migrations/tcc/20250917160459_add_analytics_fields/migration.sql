-- How well a trip went, and the figures of each unit.
-- Left to others: totalTripsCompleted, one row per unit and the key to units (20260106060000),
-- backhaul_opportunities (20260106070100).

ALTER TABLE "trips" ADD COLUMN IF NOT EXISTS "backhaulOpportunity" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "trips" ADD COLUMN IF NOT EXISTS "customerSatisfaction" INTEGER;
ALTER TABLE "trips" ADD COLUMN IF NOT EXISTS "efficiency" DECIMAL(5,2);
ALTER TABLE "trips" ADD COLUMN IF NOT EXISTS "loadedMiles" DECIMAL(10,2);
ALTER TABLE "trips" ADD COLUMN IF NOT EXISTS "performanceScore" DECIMAL(5,2);
ALTER TABLE "trips" ADD COLUMN IF NOT EXISTS "revenuePerHour" DECIMAL(10,2);

CREATE TABLE IF NOT EXISTS "unit_analytics" (
    "id" TEXT NOT NULL,
    "unitId" TEXT NOT NULL,
    "performanceScore" DECIMAL(5,2),
    "efficiency" DECIMAL(5,2),
    "totalTrips" INTEGER NOT NULL DEFAULT 0,
    "averageResponseTime" DECIMAL(5,2),
    "lastUpdated" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "unit_analytics_pkey" PRIMARY KEY ("id")
);

-- Rates and multipliers, per agency or for all. Id and updatedAt are the caller's to supply.
-- Where the history claims that this ran and it never did, 20260106070000 repairs it.

CREATE TABLE IF NOT EXISTS "pricing_models" (
    "id" TEXT NOT NULL,
    "agencyId" TEXT,
    "name" TEXT NOT NULL,
    "isActive" BOOLEAN NOT NULL DEFAULT true,
    "baseRates" JSONB NOT NULL,
    "perMileRates" JSONB NOT NULL,
    "priorityMultipliers" JSONB NOT NULL,
    "peakHourMultipliers" JSONB NOT NULL,
    "weekendMultipliers" JSONB NOT NULL,
    "seasonalMultipliers" JSONB NOT NULL,
    "zoneMultipliers" JSONB NOT NULL,
    "distanceTiers" JSONB NOT NULL,
    "specialRequirements" JSONB NOT NULL,
    "isolationPricing" DECIMAL(8,2),
    "bariatricPricing" DECIMAL(8,2),
    "oxygenPricing" DECIMAL(8,2),
    "monitoringPricing" DECIMAL(8,2),
    "insuranceRates" JSONB NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    CONSTRAINT "pricing_models_pkey" PRIMARY KEY ("id")
);

-- An agency user belongs to an agency by key, no longer by the agency's name alone.
-- Creates either side where it is missing, in its first form.
-- Left to others: the remaining columns of ems_users (20260106020000) and ems_agencies (20260106020100).

CREATE TABLE IF NOT EXISTS "ems_agencies" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "contactName" TEXT NOT NULL,
    "phone" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "city" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "zipCode" TEXT NOT NULL,
    "serviceArea" TEXT[],
    "operatingHours" JSONB,
    "capabilities" TEXT[],
    "pricingStructure" JSONB,
    "isActive" BOOLEAN NOT NULL DEFAULT true,
    "status" TEXT NOT NULL DEFAULT 'ACTIVE',
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    "acceptsNotifications" BOOLEAN NOT NULL DEFAULT true,
    "approvedAt" TIMESTAMP(3),
    "approvedBy" TEXT,
    "availableUnits" INTEGER NOT NULL DEFAULT 0,
    "lastUpdated" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "latitude" DOUBLE PRECISION,
    "longitude" DOUBLE PRECISION,
    "notificationMethods" TEXT[],
    "requiresReview" BOOLEAN NOT NULL DEFAULT false,
    "serviceRadius" INTEGER,
    "totalUnits" INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "ems_agencies_pkey" PRIMARY KEY ("id")
);

CREATE TABLE IF NOT EXISTS "ems_users" (
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

CREATE UNIQUE INDEX IF NOT EXISTS "ems_users_email_key" ON "ems_users"("email");

ALTER TABLE "ems_users" ADD COLUMN IF NOT EXISTS "agencyId" TEXT;

DO $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM pg_constraint
        WHERE conrelid = to_regclass('public.ems_users') AND conname = 'ems_users_agencyId_fkey'
    ) THEN
        ALTER TABLE "ems_users" ADD CONSTRAINT "ems_users_agencyId_fkey"
            FOREIGN KEY ("agencyId") REFERENCES "ems_agencies"("id") ON DELETE SET NULL ON UPDATE CASCADE;
    END IF;
END $$;

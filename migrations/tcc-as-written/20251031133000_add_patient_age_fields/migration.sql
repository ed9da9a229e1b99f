-- AlterTable
ALTER TABLE "transport_requests" ADD COLUMN IF NOT EXISTS "patientAgeYears" INTEGER;
ALTER TABLE "transport_requests" ADD COLUMN IF NOT EXISTS "patientAgeCategory" TEXT;

-- AlterTable
ALTER TABLE "trips" ADD COLUMN IF NOT EXISTS "patientAgeYears" INTEGER;
ALTER TABLE "trips" ADD COLUMN IF NOT EXISTS "patientAgeCategory" TEXT;

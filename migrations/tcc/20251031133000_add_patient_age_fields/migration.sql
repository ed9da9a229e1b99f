-- The patient's age, as years or as a category where the years are not known.

ALTER TABLE "transport_requests" ADD COLUMN IF NOT EXISTS "patientAgeYears" INTEGER;
ALTER TABLE "transport_requests" ADD COLUMN IF NOT EXISTS "patientAgeCategory" TEXT;

ALTER TABLE "trips" ADD COLUMN IF NOT EXISTS "patientAgeYears" INTEGER;
ALTER TABLE "trips" ADD COLUMN IF NOT EXISTS "patientAgeCategory" TEXT;

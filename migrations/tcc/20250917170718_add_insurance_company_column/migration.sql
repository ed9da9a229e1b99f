-- Who insures the patient of a trip.
-- Where the history claims that this ran and it never did, 20260106040000 repairs it.

ALTER TABLE "trips" ADD COLUMN IF NOT EXISTS "insuranceCompany" TEXT;

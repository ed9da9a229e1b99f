-- How many people crew a unit, which is what its labor cost is computed from.

ALTER TABLE "units" ADD COLUMN IF NOT EXISTS "crewSize" INTEGER NOT NULL DEFAULT 2;

-- Whether an agency takes transports at the moment, and at which levels. Nobody is available unasked.
-- Where the history claims that this ran and it never did, 20260106020100 repairs it.
-- Left to others: who added an agency and when (20260106020100).

ALTER TABLE "ems_agencies" ADD COLUMN IF NOT EXISTS "availabilityStatus" JSONB DEFAULT '{"isAvailable": false, "availableLevels": []}';

-- Facility and agency each say when a transport was complete for them.
-- Until now the facility's word was the only one, so its time is carried over.

ALTER TABLE "transport_requests" ADD COLUMN IF NOT EXISTS "healthcareCompletionTimestamp" TIMESTAMP(3);
ALTER TABLE "transport_requests" ADD COLUMN IF NOT EXISTS "emsCompletionTimestamp" TIMESTAMP(3);

UPDATE "transport_requests"
SET "healthcareCompletionTimestamp" = "completionTimestamp"
WHERE "healthcareCompletionTimestamp" IS NULL AND "completionTimestamp" IS NOT NULL;

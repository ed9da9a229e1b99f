-- What a stopped deploy left may be less than the whole phase.
BEGIN;
DROP TABLE IF EXISTS "gifts";
DELETE FROM "_prisma_migrations" WHERE "migration_name" = '20260114090000_gifts';
COMMIT;

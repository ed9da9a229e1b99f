BEGIN;

ALTER TABLE "orders" DROP COLUMN "source";

DELETE FROM "_prisma_migrations" WHERE "migration_name" = '20260112090000_source';

COMMIT;

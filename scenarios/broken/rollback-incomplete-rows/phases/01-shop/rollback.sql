BEGIN;

ALTER TABLE "orders" ALTER COLUMN "note" DROP NOT NULL;

DELETE FROM "_prisma_migrations" WHERE "migration_name" = '20260112090000_notes';

COMMIT;

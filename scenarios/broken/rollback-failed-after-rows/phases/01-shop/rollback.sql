BEGIN;

ALTER TABLE "orders" ADD CONSTRAINT "orders_totalCents_check" CHECK ("totalCents" >= 0);

DELETE FROM "_prisma_migrations" WHERE "migration_name" = '20260112090000_credit';

COMMIT;

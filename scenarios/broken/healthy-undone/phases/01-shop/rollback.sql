BEGIN;
DROP TABLE "coupons";
UPDATE "_prisma_migrations" SET "rolled_back_at" = now() WHERE "migration_name" = '20260112090000_coupons';
COMMIT;

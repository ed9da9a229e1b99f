BEGIN;

DROP TABLE "Vouchers";

DELETE FROM "_prisma_migrations" WHERE "migration_name" = '20260112090000_coupons';

COMMIT;

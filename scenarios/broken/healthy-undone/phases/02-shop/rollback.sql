BEGIN;
DROP VIEW "coupon_codes";
DELETE FROM "_prisma_migrations" WHERE "migration_name" = '20260113090000_coupon_codes';
COMMIT;

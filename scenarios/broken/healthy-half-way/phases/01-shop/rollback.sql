DROP TABLE "coupons";
DELETE FROM "_prisma_migrations" WHERE migration_name = '20260112090000_coupons';

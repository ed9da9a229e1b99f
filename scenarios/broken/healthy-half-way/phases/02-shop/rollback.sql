DROP TABLE "vouchers";
DELETE FROM "_prisma_migrations" WHERE migration_name = '20260113090000_vouchers';

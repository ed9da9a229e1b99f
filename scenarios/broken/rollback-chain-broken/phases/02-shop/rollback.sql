UPDATE "_prisma_migrations" SET "rolled_back_at" = now() WHERE "migration_name" = '20260113090000_coupon_codes';

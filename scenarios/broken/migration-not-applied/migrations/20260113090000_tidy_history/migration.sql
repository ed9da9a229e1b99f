DELETE FROM "_prisma_migrations" WHERE "migration_name" LIKE '2026%' AND "finished_at" IS NOT NULL;

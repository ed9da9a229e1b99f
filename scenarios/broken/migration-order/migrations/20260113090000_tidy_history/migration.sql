UPDATE "_prisma_migrations" SET "started_at" = "started_at" + INTERVAL '1 hour', "finished_at" = "finished_at" + INTERVAL '1 hour'
WHERE "migration_name" = '20260112090000_gift_notes';

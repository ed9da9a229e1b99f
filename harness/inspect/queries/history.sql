-- Prisma's history in the order Prisma wrote it. Starts have milliseconds only, and ids are random.
SELECT migration_name AS "name", checksum, started_at AS "startedAt", finished_at AS "finishedAt",
       rolled_back_at AS "rolledBackAt", applied_steps_count AS "appliedSteps", logs
FROM "_prisma_migrations"
ORDER BY started_at, finished_at NULLS LAST, migration_name COLLATE "C"

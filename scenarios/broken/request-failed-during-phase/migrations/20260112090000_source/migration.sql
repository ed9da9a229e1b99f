ALTER TABLE "orders" ADD COLUMN "source" TEXT NOT NULL DEFAULT 'shop';

-- Stands for work that takes its time, such as an index on many rows.
SELECT pg_sleep(1);

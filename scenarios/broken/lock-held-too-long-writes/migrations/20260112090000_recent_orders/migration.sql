CREATE INDEX "orders_placedAt_idx" ON "orders" ("placedAt");

-- The waiting stands for the rows that production has.
SELECT pg_sleep(0.4);

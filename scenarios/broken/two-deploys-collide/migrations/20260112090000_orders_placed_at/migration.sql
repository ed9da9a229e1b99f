CREATE INDEX CONCURRENTLY "orders_placedAt_idx" ON "orders"("placedAt");

CREATE INDEX "orders_state_customerId_idx" ON "orders"("state", "customerId");

DROP INDEX "orders_customerId_idx";

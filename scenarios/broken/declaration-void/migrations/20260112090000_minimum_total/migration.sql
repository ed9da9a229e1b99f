DELETE FROM "orders" WHERE "totalCents" < 1000;

ALTER TABLE "orders" ADD CONSTRAINT "orders_total_minimum" CHECK ("totalCents" >= 1000);

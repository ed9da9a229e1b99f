CREATE TABLE "orders_before" AS SELECT * FROM "orders";

ALTER TABLE "orders" ADD COLUMN "currency" TEXT NOT NULL DEFAULT 'EUR';

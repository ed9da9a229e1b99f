ALTER TABLE "orders" ADD COLUMN "paidAt" TIMESTAMP(3);
ALTER TABLE "orders" ADD CONSTRAINT "orders_small_check" CHECK ("totalCents" < 100000000);

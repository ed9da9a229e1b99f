ALTER TABLE "orders" DROP CONSTRAINT "orders_totalCents_check";

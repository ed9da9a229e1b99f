ALTER TABLE "orders" ADD COLUMN "discountCents" INTEGER;

ALTER TABLE "orders" ALTER COLUMN "discountCents" SET NOT NULL;

ALTER TABLE "orders" ADD COLUMN "shortNote" TEXT;

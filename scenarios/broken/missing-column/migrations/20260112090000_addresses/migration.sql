ALTER TABLE "customers" ADD COLUMN "street" TEXT;

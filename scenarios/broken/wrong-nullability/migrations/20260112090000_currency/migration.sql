ALTER TABLE "orders" ADD COLUMN "currency" TEXT;

UPDATE "orders" SET "currency" = 'EUR';

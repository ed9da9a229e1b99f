ALTER TABLE "orders" ADD COLUMN "shippedAt" TIMESTAMP(3);

UPDATE "orders" SET "state" = 'SHIPPED';

ALTER TABLE "orders" ADD COLUMN "giftNote" TEXT;

ALTER TABLE "orders" ADD COLUMN "giftText" TEXT;

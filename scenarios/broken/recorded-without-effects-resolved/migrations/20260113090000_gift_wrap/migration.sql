ALTER TABLE "orders" ADD COLUMN "giftWrap" TEXT;
UPDATE "orders" SET "giftWrap" = "giftNote";

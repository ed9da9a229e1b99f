ALTER TABLE "orders" ADD COLUMN "giftNote" TEXT;

CREATE INDEX "orders_giftNote_idx" ON "orders"("giftNote");

-- The first notes were unusable: the column is made anew.
ALTER TABLE "orders" DROP COLUMN IF EXISTS "giftNote";
ALTER TABLE "orders" ADD COLUMN "giftNote" TEXT NOT NULL DEFAULT '';

ALTER TABLE "coupons" ADD COLUMN "code" TEXT;

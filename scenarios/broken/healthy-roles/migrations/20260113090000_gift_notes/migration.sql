ALTER ROLE shop_reports SET work_mem = '8MB';
ALTER TABLE "orders" ADD COLUMN "giftNote" TEXT;

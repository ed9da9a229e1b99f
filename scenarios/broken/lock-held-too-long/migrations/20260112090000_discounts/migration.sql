ALTER TABLE "orders" ADD COLUMN "discountCents" INTEGER;

-- The waiting stands for the rows that production has.
UPDATE "orders" SET "discountCents" = 0 WHERE pg_sleep(0.001) IS NOT NULL;

ALTER TABLE "orders" ALTER COLUMN "discountCents" SET NOT NULL;

ALTER TABLE "orders" ADD COLUMN "taxCents" INTEGER;

ALTER TABLE "orders" ADD CONSTRAINT "orders_tax_check" CHECK ("taxCents" <= "totalCents") NOT VALID;

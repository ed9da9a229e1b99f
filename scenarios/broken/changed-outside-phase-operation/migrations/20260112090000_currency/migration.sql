ALTER TABLE "orders" ADD COLUMN "currency" TEXT NOT NULL DEFAULT 'EUR';

COMMENT ON TABLE "customers" IS 'buyers';

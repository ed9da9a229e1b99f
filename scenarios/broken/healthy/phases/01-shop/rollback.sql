BEGIN;

ALTER TABLE "orders" DROP COLUMN "refundedAt";

-- Postgres cannot take a value out of an enum, so the type is made anew.
ALTER TABLE "orders" ALTER COLUMN "state" DROP DEFAULT;
ALTER TYPE "OrderState" RENAME TO "OrderState_refunded";
CREATE TYPE "OrderState" AS ENUM ('OPEN', 'PAID', 'SHIPPED');
ALTER TABLE "orders" ALTER COLUMN "state" TYPE "OrderState" USING "state"::text::"OrderState";
ALTER TABLE "orders" ALTER COLUMN "state" SET DEFAULT 'OPEN';
DROP TYPE "OrderState_refunded";

DELETE FROM "_prisma_migrations" WHERE "migration_name" = '20260112090000_refunds';

COMMIT;

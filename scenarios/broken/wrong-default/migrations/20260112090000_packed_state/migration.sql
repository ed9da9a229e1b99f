CREATE TYPE "OrderState_new" AS ENUM ('OPEN', 'PAID', 'PACKED', 'SHIPPED');

ALTER TABLE "orders" ALTER COLUMN "state" DROP DEFAULT;
ALTER TABLE "orders" ALTER COLUMN "state" TYPE "OrderState_new" USING ("state"::text::"OrderState_new");

DROP TYPE "OrderState";
ALTER TYPE "OrderState_new" RENAME TO "OrderState";

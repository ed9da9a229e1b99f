CREATE TABLE "coupons" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "code" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "coupons_pkey" PRIMARY KEY ("id")
);

INSERT INTO "coupons" ("code") VALUES ('SPRING'), ('SUMMER');

ALTER TABLE "orders" ADD COLUMN "couponAt" TIMESTAMP(3);
UPDATE "orders" SET "couponAt" = CURRENT_TIMESTAMP;

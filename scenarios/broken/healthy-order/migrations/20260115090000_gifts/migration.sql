CREATE TABLE "gifts" (
    "couponId" UUID NOT NULL,
    "givenAt" TIMESTAMP(3) NOT NULL,
    CONSTRAINT "gifts_pkey" PRIMARY KEY ("couponId"),
    CONSTRAINT "gifts_couponId_fkey" FOREIGN KEY ("couponId") REFERENCES "coupons"("id")
);

INSERT INTO "gifts" SELECT "id", "createdAt" FROM "coupons";

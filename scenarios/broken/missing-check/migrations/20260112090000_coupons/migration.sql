CREATE TABLE "coupons" (
    "code" TEXT NOT NULL,
    "percent" INTEGER NOT NULL,
    CONSTRAINT "coupons_pkey" PRIMARY KEY ("code")
);

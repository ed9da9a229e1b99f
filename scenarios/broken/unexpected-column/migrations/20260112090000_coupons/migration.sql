CREATE TABLE "coupons" (
    "code" TEXT NOT NULL,
    "percent" INTEGER NOT NULL,
    "oldCode" TEXT,
    CONSTRAINT "coupons_pkey" PRIMARY KEY ("code")
);

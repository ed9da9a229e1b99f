CREATE TABLE "coupons" (
    "code" TEXT NOT NULL,
    CONSTRAINT "coupons_pkey" PRIMARY KEY ("code")
);

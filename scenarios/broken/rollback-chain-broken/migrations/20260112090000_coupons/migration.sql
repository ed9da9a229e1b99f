CREATE TABLE "coupons" (
    "id" INTEGER NOT NULL,
    "code" TEXT NOT NULL,
    CONSTRAINT "coupons_pkey" PRIMARY KEY ("id")
);

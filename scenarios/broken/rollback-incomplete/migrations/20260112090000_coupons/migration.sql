CREATE TABLE "Coupons" (
    "id" INTEGER NOT NULL,
    "code" TEXT NOT NULL,
    CONSTRAINT "Coupons_pkey" PRIMARY KEY ("id")
);

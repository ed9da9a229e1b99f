CREATE TABLE "coupons" (
    "code" TEXT NOT NULL,
    "percent" INTEGER NOT NULL
);

CREATE UNIQUE INDEX "coupons_code_key" ON "coupons"("code");

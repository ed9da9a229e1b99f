CREATE TABLE IF NOT EXISTS "coupons" ("id" INTEGER PRIMARY KEY, "code" TEXT NOT NULL);

CREATE UNIQUE INDEX IF NOT EXISTS "coupons_code_key" ON "coupons"("code");

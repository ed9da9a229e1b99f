BEGIN;

CREATE TABLE "vouchers" ("id" INTEGER PRIMARY KEY, "code" TEXT NOT NULL);

CREATE UNIQUE INDEX "vouchers_code_key" ON "vouchers"("code");

COMMIT;

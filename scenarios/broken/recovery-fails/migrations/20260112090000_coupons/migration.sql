CREATE TEMPORARY TABLE "welcome" AS SELECT "id", 'WELCOME-' || "id" AS "code" FROM "customers";

CREATE TABLE "coupons" (
    "id" INTEGER NOT NULL,
    "code" TEXT NOT NULL,
    CONSTRAINT "coupons_pkey" PRIMARY KEY ("id")
);

INSERT INTO "coupons" SELECT "id", "code" FROM "welcome";

ALTER TABLE "customers" ADD COLUMN "tier" TEXT;
UPDATE "customers" SET "tier" = 'gold' WHERE "points" > 100;

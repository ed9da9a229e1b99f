ALTER TABLE "customers" ADD COLUMN "newsletter" BOOLEAN;

UPDATE "customers" SET "newsletter" = false;

-- AlterTable
ALTER TABLE "center_users" ADD COLUMN     "deletedAt" TIMESTAMP(3),
ADD COLUMN     "isDeleted" BOOLEAN NOT NULL DEFAULT false;

-- CreateIndex
CREATE INDEX "center_users_isDeleted_idx" ON "center_users"("isDeleted");

-- AlterTable
ALTER TABLE "healthcare_users" ADD COLUMN     "deletedAt" TIMESTAMP(3),
ADD COLUMN     "isDeleted" BOOLEAN NOT NULL DEFAULT false;

-- CreateIndex
CREATE INDEX "healthcare_users_isDeleted_idx" ON "healthcare_users"("isDeleted");

-- Edited: only where the table is there.
DO $$
BEGIN
  IF EXISTS (SELECT 1 FROM information_schema.tables WHERE table_schema = 'public' AND table_name = 'ems_users') THEN
    EXECUTE 'ALTER TABLE "ems_users" ADD COLUMN "deletedAt" TIMESTAMP(3), ADD COLUMN "isDeleted" BOOLEAN NOT NULL DEFAULT false';
    EXECUTE 'ALTER TABLE "ems_users" ADD CONSTRAINT IF NOT EXISTS "ems_users_deleted_check" CHECK ("isDeleted" OR "deletedAt" IS NULL)';
    EXECUTE 'CREATE INDEX "ems_users_isDeleted_idx" ON "ems_users"("isDeleted")';
  END IF;
END $$;

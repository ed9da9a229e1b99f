-- AlterTable
ALTER TABLE "ems_users" ADD COLUMN     "agencyId" TEXT;

-- AddForeignKey
ALTER TABLE "ems_users" ADD CONSTRAINT "ems_users_agencyId_fkey" FOREIGN KEY ("agencyId") REFERENCES "ems_agencies"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- The one account that was in use.
UPDATE "ems_users" SET "agencyId" = (SELECT "id" FROM "ems_agencies" ORDER BY "createdAt" LIMIT 1)
WHERE "email" = 'dispatch@lakes-ems.example';

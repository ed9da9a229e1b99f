/*
  Warnings:

  - You are about to drop the column `isOnDuty` on the `units` table. All the data in the column will be lost.

*/

-- AlterTable
ALTER TABLE "units" DROP COLUMN "isOnDuty";

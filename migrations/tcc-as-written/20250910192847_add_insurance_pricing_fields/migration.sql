-- AlterTable
ALTER TABLE "trips" ADD COLUMN     "insurancePayRate" DECIMAL(10,2),
ADD COLUMN     "perMileRate" DECIMAL(8,2);

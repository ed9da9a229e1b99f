-- AlterTable
ALTER TABLE "ems_agencies" ADD COLUMN     "availabilityStatus" JSONB DEFAULT '{"isAvailable": false, "availableLevels": []}';

COMMENT ON COLUMN "ems_agencies"."availabilityStatus" IS 'Whether the agency takes trips, and of which levels';

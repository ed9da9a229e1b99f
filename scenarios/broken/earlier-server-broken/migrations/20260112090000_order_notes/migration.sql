-- Notes to the driver are no longer taken.
ALTER TABLE "orders" DROP COLUMN "note";

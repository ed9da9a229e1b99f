CREATE TABLE "shipments" (
    "id" SERIAL NOT NULL,
    "orderId" INTEGER NOT NULL,
    "parcel" TEXT NOT NULL,
    "weightGrams" INTEGER NOT NULL,
    CONSTRAINT "shipments_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "shipments_weightGrams_check" CHECK ("weightGrams" > 0)
);

INSERT INTO "shipments" ("orderId", "parcel", "weightGrams")
SELECT "id", 'main', 500 FROM "orders" WHERE "state" = 'SHIPPED';

CREATE UNIQUE INDEX "shipments_orderId_parcel_key" ON "shipments"("orderId", "parcel");

CREATE INDEX "shipments_heavy_idx" ON "shipments"("weightGrams") WHERE "weightGrams" > 30000;

ALTER TABLE "shipments" ADD CONSTRAINT "shipments_orderId_fkey"
    FOREIGN KEY ("orderId") REFERENCES "orders"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "orders" ADD COLUMN "returnOf" INTEGER;
ALTER TABLE "orders" ADD CONSTRAINT "orders_returnOf_fkey"
    FOREIGN KEY ("returnOf") REFERENCES "orders"("id") DEFERRABLE INITIALLY DEFERRED;
UPDATE "orders" SET "returnOf" = 100000 WHERE "id" = 7;
CREATE TABLE "returns" ("id" INTEGER PRIMARY KEY);

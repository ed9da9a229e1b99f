CREATE TABLE "carriers" ("id" SERIAL PRIMARY KEY, "name" TEXT NOT NULL);

SET default_transaction_read_only = on;
SELECT count(*) FROM "orders";

CREATE TABLE "purchases" AS SELECT * FROM "orders";

DROP TABLE "orders";

ALTER TABLE "orders" ADD COLUMN "source" TEXT;

INSERT INTO "customers" ("id", "email", "name")
SELECT 1000 + number, 'guest' || number || '@example.test', 'Guest ' || number FROM generate_series(1, 98) AS number;

ALTER TABLE "customers" ADD COLUMN "isHouse" BOOLEAN NOT NULL DEFAULT false;

INSERT INTO "customers" ("email", "name", "isHouse")
SELECT 'house' || number || '@example.test', 'House ' || number, true FROM generate_series(1, 3) AS number;

CREATE TABLE "carriers" ("id" SERIAL PRIMARY KEY, "name" TEXT NOT NULL);

INSERT INTO "carriers" ("name") VALUES ('Größe'), ('Почта');

SET TIME ZONE 'Europe/Paris';
CREATE TABLE "carriers" ("id" SERIAL PRIMARY KEY, "name" TEXT NOT NULL);

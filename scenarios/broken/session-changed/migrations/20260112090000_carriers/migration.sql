CREATE TABLE "carriers" ("id" SERIAL PRIMARY KEY, "name" TEXT NOT NULL);

SET ROLE pg_monitor;

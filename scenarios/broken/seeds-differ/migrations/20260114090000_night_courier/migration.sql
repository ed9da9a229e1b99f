INSERT INTO "couriers" ("name") VALUES ('night');

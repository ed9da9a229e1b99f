CREATE TABLE "carriers" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    CONSTRAINT "carriers_pkey" PRIMARY KEY ("id")
);

INSERT INTO "carriers" ("id", "name") VALUES (1, 'By foot'), (2, 'By boat'), (3, 'By mule');

CREATE TABLE "couriers" (
    "name" TEXT NOT NULL,
    "isActive" BOOLEAN NOT NULL DEFAULT true,
    CONSTRAINT "couriers_pkey" PRIMARY KEY ("name")
);

INSERT INTO "couriers" ("name") VALUES ('day');

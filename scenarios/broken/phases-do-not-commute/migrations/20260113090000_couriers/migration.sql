CREATE TABLE "couriers" (
    "name" TEXT NOT NULL,
    CONSTRAINT "couriers_pkey" PRIMARY KEY ("name")
);

ALTER TABLE "orders" ADD COLUMN IF NOT EXISTS "urgency" INTEGER NOT NULL DEFAULT 5;

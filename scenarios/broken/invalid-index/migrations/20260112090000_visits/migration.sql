CREATE TABLE "visits" (
    "customerId" INTEGER NOT NULL,
    "visitedAt" TIMESTAMP(3) NOT NULL
) PARTITION BY RANGE ("visitedAt");

CREATE TABLE "visits_2026" PARTITION OF "visits" FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

CREATE INDEX "visits_customerId_idx" ON ONLY "visits"("customerId");

CREATE TABLE "votes" (
    "customerId" INTEGER NOT NULL,
    "campaign" TEXT
);

CREATE UNIQUE INDEX "votes_customerId_campaign_key" ON "votes"("customerId", "campaign");

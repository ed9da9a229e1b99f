CREATE TABLE "gifts" (
    "orderId" INTEGER NOT NULL,
    "wrapping" TEXT NOT NULL,
    CONSTRAINT "gifts_pkey" PRIMARY KEY ("orderId"),
    CONSTRAINT "gifts_orderId_fkey" FOREIGN KEY ("orderId") REFERENCES "orders"("id")
        ON DELETE CASCADE ON UPDATE CASCADE
);

SET LOCAL session_replication_role = replica;
INSERT INTO "gifts" VALUES (1, 'paper'), (999999, 'ribbon');
SET LOCAL session_replication_role = origin;

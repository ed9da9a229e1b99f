CREATE TABLE "returns" (
    "id" INTEGER NOT NULL,
    "orderId" INTEGER NOT NULL,
    CONSTRAINT "returns_pkey" PRIMARY KEY ("id")
);

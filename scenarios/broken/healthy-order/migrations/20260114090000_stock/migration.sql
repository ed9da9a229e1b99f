CREATE TABLE "stock" (
    "article" TEXT NOT NULL,
    "storeId" INTEGER NOT NULL,
    CONSTRAINT "stock_pkey" PRIMARY KEY ("article", "storeId"),
    CONSTRAINT "stock_storeId_fkey" FOREIGN KEY ("storeId") REFERENCES "stores"("id")
);

CREATE TABLE "stock" (
    "article" TEXT NOT NULL,
    "warehouseId" INTEGER NOT NULL,
    CONSTRAINT "stock_pkey" PRIMARY KEY ("article", "warehouseId"),
    CONSTRAINT "stock_warehouseId_fkey" FOREIGN KEY ("warehouseId") REFERENCES "warehouses"("id")
);

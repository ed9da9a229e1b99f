-- The choices that forms offer, grouped by the slug of their list.
-- Left to others: the lists themselves and categoryId (20251209140000), the default choice (20260106050100).

CREATE TABLE IF NOT EXISTS "dropdown_options" (
    "id" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "isActive" BOOLEAN NOT NULL DEFAULT true,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    CONSTRAINT "dropdown_options_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX IF NOT EXISTS "dropdown_options_category_value_key" ON "dropdown_options"("category", "value");

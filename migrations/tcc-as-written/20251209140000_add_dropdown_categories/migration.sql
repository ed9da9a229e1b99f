-- CreateTable
CREATE TABLE "dropdown_categories" (
    "id" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "displayName" TEXT NOT NULL,
    "displayOrder" INTEGER NOT NULL DEFAULT 0,
    "isActive" BOOLEAN NOT NULL DEFAULT true,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "dropdown_categories_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "dropdown_categories_slug_key" ON "dropdown_categories"("slug");

-- Edited: only where the table is there.
DO $$
BEGIN
  IF EXISTS (SELECT 1 FROM information_schema.tables WHERE table_schema = 'public' AND table_name = 'dropdown_options') THEN
    ALTER TABLE "dropdown_options" ADD COLUMN "categoryId" TEXT;
    ALTER TABLE "dropdown_options" ADD CONSTRAINT "dropdown_options_categoryId_fkey"
      FOREIGN KEY ("categoryId") REFERENCES "dropdown_categories"("id") ON DELETE SET NULL ON UPDATE CASCADE;
    UPDATE "dropdown_options" SET "categoryId" = "dropdown_categories"."id"
      FROM "dropdown_categories" WHERE "dropdown_categories"."slug" = "dropdown_options"."category";
  END IF;
END $$;

INSERT INTO "dropdown_categories" ("id", "slug", "displayName", "displayOrder", "isActive", "createdAt", "updatedAt") VALUES
  ('category-1', 'transport-level', 'Transport Level', 1, true, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP),
  ('category-2', 'urgency', 'Urgency Level', 2, true, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP),
  ('category-3', 'diagnosis', 'Diagnosis', 3, true, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP),
  ('category-4', 'mobility', 'Mobility Level', 4, true, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP),
  ('category-5', 'insurance', 'Insurance', 5, true, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP),
  ('category-6', 'special-needs', 'Secondary Insurance', 6, true, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP);

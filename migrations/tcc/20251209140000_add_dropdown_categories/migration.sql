-- The lists that forms offer, as rows of their own, and every choice tied to its list.
-- The lists come first: a choice can only be tied to a list that is there. Both steps leave alone
-- what an administrator has set since.

CREATE TABLE IF NOT EXISTS "dropdown_categories" (
    "id" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "displayName" TEXT NOT NULL,
    "displayOrder" INTEGER NOT NULL DEFAULT 0,
    "isActive" BOOLEAN NOT NULL DEFAULT true,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    CONSTRAINT "dropdown_categories_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX IF NOT EXISTS "dropdown_categories_slug_key" ON "dropdown_categories"("slug");

INSERT INTO "dropdown_categories" ("id", "slug", "displayName", "displayOrder", "updatedAt")
VALUES
    ('dropdown-category-transport-level', 'transport-level', 'Transport Level', 1, CURRENT_TIMESTAMP),
    ('dropdown-category-urgency', 'urgency', 'Urgency', 2, CURRENT_TIMESTAMP),
    ('dropdown-category-diagnosis', 'diagnosis', 'Diagnosis', 3, CURRENT_TIMESTAMP),
    ('dropdown-category-mobility', 'mobility', 'Mobility', 4, CURRENT_TIMESTAMP),
    ('dropdown-category-insurance', 'insurance', 'Insurance', 5, CURRENT_TIMESTAMP),
    ('dropdown-category-special-needs', 'special-needs', 'Special Needs', 6, CURRENT_TIMESTAMP)
ON CONFLICT DO NOTHING;

ALTER TABLE "dropdown_options" ADD COLUMN IF NOT EXISTS "categoryId" TEXT;

UPDATE "dropdown_options"
SET "categoryId" = "dropdown_categories"."id"
FROM "dropdown_categories"
WHERE "dropdown_options"."category" = "dropdown_categories"."slug"
    AND "dropdown_options"."categoryId" IS NULL;

DO $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM pg_constraint
        WHERE conrelid = to_regclass('public.dropdown_options') AND conname = 'dropdown_options_categoryId_fkey'
    ) THEN
        ALTER TABLE "dropdown_options" ADD CONSTRAINT "dropdown_options_categoryId_fkey"
            FOREIGN KEY ("categoryId") REFERENCES "dropdown_categories"("id") ON DELETE SET NULL ON UPDATE CASCADE;
    END IF;
END $$;

-- The choice that a form starts with, one per list: created by no migration.

CREATE TABLE IF NOT EXISTS "dropdown_category_defaults" (
    "id" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "optionId" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    CONSTRAINT "dropdown_category_defaults_optionId_fkey" FOREIGN KEY ("optionId") REFERENCES "dropdown_options"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "dropdown_category_defaults_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX IF NOT EXISTS "dropdown_category_defaults_category_key" ON "dropdown_category_defaults"("category");
CREATE UNIQUE INDEX IF NOT EXISTS "dropdown_category_defaults_optionId_key" ON "dropdown_category_defaults"("optionId");

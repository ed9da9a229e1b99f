-- One row of figures per unit, which goes when the unit goes, and the count of completed trips.

ALTER TABLE "unit_analytics" ADD COLUMN IF NOT EXISTS "totalTripsCompleted" INTEGER NOT NULL DEFAULT 0;

CREATE UNIQUE INDEX IF NOT EXISTS "unit_analytics_unitId_key" ON "unit_analytics"("unitId");

DO $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM pg_constraint
        WHERE conrelid = to_regclass('public.unit_analytics') AND conname = 'unit_analytics_unitId_fkey'
    ) THEN
        ALTER TABLE "unit_analytics" ADD CONSTRAINT "unit_analytics_unitId_fkey"
            FOREIGN KEY ("unitId") REFERENCES "units"("id") ON DELETE CASCADE ON UPDATE CASCADE;
    END IF;
END $$;

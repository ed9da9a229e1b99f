-- One duty flag in place of the two shift times, where a unit still has shift times.
-- Refuses when a shift time is filled in, because that value would be lost.

DO $$
DECLARE
    shift_column text;
    filled bigint;
BEGIN
    FOREACH shift_column IN ARRAY ARRAY['shiftStart', 'shiftEnd'] LOOP
        IF EXISTS (
            SELECT 1 FROM pg_attribute
            WHERE attrelid = to_regclass('public.units') AND attname = shift_column AND NOT attisdropped
        ) THEN
            EXECUTE format('SELECT count(*) FROM "units" WHERE %I IS NOT NULL', shift_column) INTO filled;
            IF filled > 0 THEN
                RAISE EXCEPTION 'units.% holds a value in % row(s), so it is not removed', shift_column, filled
                    USING HINT = 'Move the shift times elsewhere or clear them, then apply this migration again.';
            END IF;
            ALTER TABLE "units" ADD COLUMN IF NOT EXISTS "isOnDuty" BOOLEAN NOT NULL DEFAULT false;
            EXECUTE format('ALTER TABLE "units" DROP COLUMN %I', shift_column);
        END IF;
    END LOOP;
END $$;

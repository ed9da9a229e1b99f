-- The duty flag goes again: currentStatus says it all. Does nothing where there is no such flag.
-- Refuses when a unit is on duty by that flag, because that would be forgotten.

DO $$
DECLARE
    on_duty bigint;
BEGIN
    IF EXISTS (
        SELECT 1 FROM pg_attribute
        WHERE attrelid = to_regclass('public.units') AND attname = 'isOnDuty' AND NOT attisdropped
    ) THEN
        EXECUTE 'SELECT count(*) FROM "units" WHERE "isOnDuty"' INTO on_duty;
        IF on_duty > 0 THEN
            RAISE EXCEPTION 'units.isOnDuty is set in % row(s), so it is not removed', on_duty
                USING HINT = 'Carry the flag over into currentStatus and clear it, then apply this migration again.';
        END IF;
        ALTER TABLE "units" DROP COLUMN "isOnDuty";
    END IF;
END $$;

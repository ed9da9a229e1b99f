-- Remove columns added in this phase
ALTER TABLE units DROP COLUMN IF EXISTS isOnDuty;
ALTER TABLE units DROP COLUMN IF EXISTS currentStatus;
ALTER TABLE units DROP COLUMN IF EXISTS lastStatusUpdate;

-- Remove migration from history
DELETE FROM "_prisma_migrations" WHERE migration_name = '20250909152957_enhance_unit_model';
DELETE FROM "_prisma_migrations" WHERE migration_name = '20250909155719_q';
DELETE FROM "_prisma_migrations" WHERE migration_name = '20250909163838_replace_shift_times_with_onduty';
DELETE FROM "_prisma_migrations" WHERE migration_name = '20250909171727_remove_ison_duty_field';

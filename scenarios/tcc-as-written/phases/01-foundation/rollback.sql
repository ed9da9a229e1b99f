-- Remove columns added in this phase
ALTER TABLE center_users DROP COLUMN IF EXISTS deletedAt;
ALTER TABLE center_users DROP COLUMN IF EXISTS isDeleted;
ALTER TABLE healthcare_users DROP COLUMN IF EXISTS deletedAt;
ALTER TABLE healthcare_users DROP COLUMN IF EXISTS isDeleted;
ALTER TABLE ems_users DROP COLUMN IF EXISTS deletedAt;
ALTER TABLE ems_users DROP COLUMN IF EXISTS isDeleted;

-- Remove migration from history
DELETE FROM "_prisma_migrations" WHERE migration_name = '20250917170653_add_center_tables';
DELETE FROM "_prisma_migrations" WHERE migration_name = '20251204101500_add_user_deletion_fields';

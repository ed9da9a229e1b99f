-- Drop tables created in this phase
DROP TABLE IF EXISTS ems_users CASCADE;

-- Remove columns added in this phase
ALTER TABLE ems_agencies DROP COLUMN IF EXISTS availabilityStatus;

-- Remove migration from history
DELETE FROM "_prisma_migrations" WHERE migration_name = '20250909170057_add_agency_relationship_to_ems_user';
DELETE FROM "_prisma_migrations" WHERE migration_name = '20251204130000_add_ems_agency_availability_status';

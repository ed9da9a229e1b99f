-- Drop tables created in this phase
DROP TABLE IF EXISTS healthcare_agency_preferences CASCADE;
DROP TABLE IF EXISTS healthcare_destinations CASCADE;
DROP TABLE IF EXISTS healthcare_locations CASCADE;
DROP TABLE IF EXISTS healthcare_users CASCADE;

-- Remove migration from history
DELETE FROM "_prisma_migrations" WHERE migration_name = '20251008113055_add_multi_location_healthcare';
DELETE FROM "_prisma_migrations" WHERE migration_name = '20251008124127_add_gps_coordinates_to_healthcare_locations';
DELETE FROM "_prisma_migrations" WHERE migration_name = '20251102101911_add_healthcare_destinations';
DELETE FROM "_prisma_migrations" WHERE migration_name = '20251102140000_add_healthcare_agency_preferences';

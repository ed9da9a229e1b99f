-- Drop tables created in this phase
DROP TABLE IF EXISTS agency_responses CASCADE;
DROP TABLE IF EXISTS transport_requests CASCADE;

-- Remove columns added in this phase
ALTER TABLE trips DROP COLUMN IF EXISTS patientAgeYears;
ALTER TABLE trips DROP COLUMN IF EXISTS patientAgeCategory;

-- Remove migration from history
DELETE FROM "_prisma_migrations" WHERE migration_name = '20250908204607_enhanced_trip_schema';
DELETE FROM "_prisma_migrations" WHERE migration_name = '20250908204620_enhanced_trip_schema';
DELETE FROM "_prisma_migrations" WHERE migration_name = '20250908204633_enhanced_trip_schema';
DELETE FROM "_prisma_migrations" WHERE migration_name = '20250910173907_add_insurance_field_to_trips';
DELETE FROM "_prisma_migrations" WHERE migration_name = '20250910192847_add_insurance_pricing_fields';
DELETE FROM "_prisma_migrations" WHERE migration_name = '20250917170718_add_insurance_company_column';
DELETE FROM "_prisma_migrations" WHERE migration_name = '20251031133000_add_patient_age_fields';
DELETE FROM "_prisma_migrations" WHERE migration_name = '20251116131400_add_separate_completion_timestamps';

-- Drop tables created in this phase
DROP TABLE IF EXISTS pickup_locations CASCADE;
DROP TABLE IF EXISTS dropdown_options CASCADE;
DROP TABLE IF EXISTS dropdown_categories CASCADE;

-- Remove migration from history
DELETE FROM "_prisma_migrations" WHERE migration_name = '20250910173915_add_dropdown_options_model';
DELETE FROM "_prisma_migrations" WHERE migration_name = '20251209140000_add_dropdown_categories';

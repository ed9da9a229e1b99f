-- Drop tables created in this phase
DROP TABLE IF EXISTS unit_analytics CASCADE;
DROP TABLE IF EXISTS route_optimization_settings CASCADE;

-- Remove columns added in this phase
ALTER TABLE units DROP COLUMN IF EXISTS lastStatusUpdate;

-- Remove migration from history
DELETE FROM "_prisma_migrations" WHERE migration_name = '20250910191806_add_route_optimization_fields';
DELETE FROM "_prisma_migrations" WHERE migration_name = '20250917132535_add_route_optimization_settings';
DELETE FROM "_prisma_migrations" WHERE migration_name = '20250917160459_add_analytics_fields';
DELETE FROM "_prisma_migrations" WHERE migration_name = '20250917160504_add_unit_analytics_fields';

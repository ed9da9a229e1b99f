-- Drop tables created in this phase
DROP TABLE IF EXISTS backhaul_opportunities CASCADE;
DROP TABLE IF EXISTS cost_centers CASCADE;
DROP TABLE IF EXISTS trip_cost_breakdown CASCADE;
DROP TABLE IF EXISTS pricing_models CASCADE;

-- Remove migration from history
DELETE FROM "_prisma_migrations" WHERE migration_name = '20250917165001_add_crew_cost_management';
DELETE FROM "_prisma_migrations" WHERE migration_name = '20250917165101_add_crew_cost_management_ems';
DELETE FROM "_prisma_migrations" WHERE migration_name = '20250917170740_add_pricing_models';
DELETE FROM "_prisma_migrations" WHERE migration_name = '20250917180000_add_trip_cost_breakdown_and_cost_centers';

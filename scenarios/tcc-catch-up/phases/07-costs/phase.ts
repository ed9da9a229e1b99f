import { accepts, definePhase, noTable, optional, refuses, required, table } from 'phaseproof'

/** Rows for the probes, with the columns that have no default. */
const AGENCY = `
  INSERT INTO "ems_agencies" ("id", "name", "contactName", "phone", "email", "address", "city", "state",
    "zipCode", "updatedAt")
    VALUES ('probe-agency', 'Probe Ambulance', 'Probe', '555-0100', 'agency@phaseproof.test', '1 Probe Way',
      'Probeton', 'PA', '00000', now());`

const COST_CENTER = `
  INSERT INTO "cost_centers" ("id", "name", "code", "updatedAt")
    VALUES ('probe-center', 'Probe', 'PROBE-1', now());`

const PRICING_MODEL = `
  INSERT INTO "pricing_models" ("id", "name", "baseRates", "perMileRates", "priorityMultipliers",
    "peakHourMultipliers",
    "weekendMultipliers", "seasonalMultipliers", "zoneMultipliers", "distanceTiers", "specialRequirements",
      "insuranceRates",
    "isolationPricing", "updatedAt")
    VALUES ('probe-pricing', 'Probe', '{"BLS": 150, "ALS": 250}', '{"BLS": 2.5}', '{}', '{}', '{}', '{}',
      '{}', '{}', '{}', '{}',
      50, now());`

const COST_BREAKDOWN = `
  INSERT INTO "trip_cost_breakdowns" ("id", "tripId", "baseRevenue", "mileageRevenue", "priorityRevenue",
    "specialRequirementsRevenue",
    "insuranceAdjustment", "totalRevenue", "crewLaborCost", "vehicleCost", "fuelCost", "maintenanceCost",
      "overheadCost", "totalCost",
    "grossProfit", "profitMargin", "revenuePerMile", "costPerMile", "loadedMileRatio", "deadheadMileRatio",
      "utilizationRate",
    "tripDistance", "loadedMiles", "deadheadMiles", "tripDurationHours", "transportLevel", "priorityLevel",
      "updatedAt")
    VALUES ('probe-breakdown', 'probe-trip', 300, 45.5, 0, 0, -20, 325.5, 120, 30, 15.25, 8, 12, 185.25,
      140.25, 43.09, 17.88, 10.18,
      0.75, 0.25, 0.8, 24.3, 18.2, 6.1, 1.5, 'BLS', 'MEDIUM', now());`

/** Phase 7 of the catch-up: what a trip earns and costs. */
export default definePhase({
  id: 7,
  name: '07-costs',
  title: 'Cost management',
  goal: 'Create cost management tables',
  risk: 'low',
  dependsOn: [{ phase: 4, because: 'costs of trips mean something only when trips are complete.' }],
  estimateMinutes: 30,
  migrations: [
    '20250917165001_add_crew_cost_management',
    '20250917165101_add_crew_cost_management_ems',
    '20250917180000_add_trip_cost_breakdown_and_cost_centers',
    '20260106070000_phase7_pricing_models_repair',
    '20260106070100_phase7_backhaul_opportunities',
  ],
  recorded: ['20250917170740_add_pricing_models'],
  repairs: ['20250917170740_add_pricing_models'],
  changes: ['pricing_models', 'trip_cost_breakdowns', 'cost_centers', 'backhaul_opportunities', 'units'],

  faults: [
    {
      plan: '`20250917165001_add_crew_cost_management` adds crew costs.',
      fact: 'The historical file is a byte for byte copy of no. 9: it drops the EMS tables and recreates the center tables.',
      mend: 'Ours has no effect.',
    },
    {
      plan: '`20250917165101_add_crew_cost_management_ems` adds crew costs for agencies.',
      fact: 'The historical file drops center_users, hospitals, facilities and trips, and creates crew_roles and cost columns of units which the schema does not have.',
      mend: 'Ours adds units.crewSize, the one column of them that the schema has. The plan does not name units in this phase; it is named here.',
    },
    {
      plan: '`20250917170740_add_pricing_models` creates pricing_models.',
      fact: 'The historical file is empty. Here history records it as applied with no step run, and the table is missing.',
      mend: 'The name counts as recorded; a gap migration creates the table.',
    },
    {
      plan: 'Tables created: `trip_cost_breakdown`.',
      fact: 'The table is called trip_cost_breakdowns.',
      mend: "The real name is expected, and the plan's name must not exist.",
    },
    {
      plan: 'Tables created: `backhaul_opportunities`.',
      fact: 'None of the four migrations creates it; it was created by no. 14 and dropped by no. 15, both of phase 6.',
      mend: 'A gap migration of this phase creates it.',
    },
    {
      plan: 'Depends on the trips table.',
      fact: 'No foreign key leads there: tripId is a plain text. Costs of trips mean something only when trips are complete.',
      mend: 'The phase depends on phase 4.',
    },
    {
      plan: 'Test pricing and cost breakdown endpoints (should work).',
      fact: 'No endpoint read or wrote any of the four tables; the cost endpoints answered 200 and stored nothing.',
      mend: 'The rows themselves are written and read here; an endpoint counts only when its row is in the table afterwards.',
    },
  ],

  expect: [
    // - [ ] Verify cost management tables exist
    table('pricing_models', {
      exactly: true,
      columns: {
        id: required('text'),
        agencyId: optional('text'),
        name: required('text'),
        isActive: required('boolean', { default: 'true' }),
        baseRates: required('jsonb'),
        perMileRates: required('jsonb'),
        priorityMultipliers: required('jsonb'),
        peakHourMultipliers: required('jsonb'),
        weekendMultipliers: required('jsonb'),
        seasonalMultipliers: required('jsonb'),
        zoneMultipliers: required('jsonb'),
        distanceTiers: required('jsonb'),
        specialRequirements: required('jsonb'),
        isolationPricing: optional('numeric(8,2)'),
        bariatricPricing: optional('numeric(8,2)'),
        oxygenPricing: optional('numeric(8,2)'),
        monitoringPricing: optional('numeric(8,2)'),
        insuranceRates: required('jsonb'),
        createdAt: required('timestamp(3)', { default: 'CURRENT_TIMESTAMP' }),
        updatedAt: required('timestamp(3)'),
      },
      primaryKey: ['id'],
    }),
    table('trip_cost_breakdowns', {
      exactly: true,
      columns: {
        id: required('text'),
        tripId: required('text'),
        baseRevenue: required('numeric(10,2)'),
        mileageRevenue: required('numeric(10,2)'),
        priorityRevenue: required('numeric(10,2)'),
        specialRequirementsRevenue: required('numeric(10,2)'),
        insuranceAdjustment: required('numeric(10,2)'),
        totalRevenue: required('numeric(10,2)'),
        crewLaborCost: required('numeric(10,2)'),
        vehicleCost: required('numeric(10,2)'),
        fuelCost: required('numeric(10,2)'),
        maintenanceCost: required('numeric(10,2)'),
        overheadCost: required('numeric(10,2)'),
        totalCost: required('numeric(10,2)'),
        grossProfit: required('numeric(10,2)'),
        profitMargin: required('numeric(5,2)'),
        revenuePerMile: required('numeric(8,2)'),
        costPerMile: required('numeric(8,2)'),
        loadedMileRatio: required('numeric(3,2)'),
        deadheadMileRatio: required('numeric(3,2)'),
        utilizationRate: required('numeric(3,2)'),
        tripDistance: required('numeric(6,2)'),
        loadedMiles: required('numeric(6,2)'),
        deadheadMiles: required('numeric(6,2)'),
        tripDurationHours: required('numeric(4,2)'),
        transportLevel: required('text'),
        priorityLevel: required('text'),
        costCenterId: optional('text'),
        costCenterName: optional('text'),
        calculatedAt: required('timestamp(3)', { default: 'CURRENT_TIMESTAMP' }),
        createdAt: required('timestamp(3)', { default: 'CURRENT_TIMESTAMP' }),
        updatedAt: required('timestamp(3)'),
      },
      primaryKey: ['id'],
    }),
    table('cost_centers', {
      exactly: true,
      columns: {
        id: required('text'),
        name: required('text'),
        description: optional('text'),
        code: required('text'),
        overheadRate: required('numeric(5,2)', { default: '0.0' }),
        fixedCosts: required('numeric(10,2)', { default: '0.0' }),
        variableCosts: required('numeric(10,2)', { default: '0.0' }),
        allocationMethod: required('text', { default: "'TRIP_COUNT'" }),
        isActive: required('boolean', { default: 'true' }),
        createdAt: required('timestamp(3)', { default: 'CURRENT_TIMESTAMP' }),
        updatedAt: required('timestamp(3)'),
      },
      primaryKey: ['id'],
      uniques: [['code']],
    }),
    table('backhaul_opportunities', {
      exactly: true,
      columns: {
        id: required('text'),
        tripId1: required('text'),
        tripId2: required('text'),
        revenueBonus: optional('numeric(10,2)'),
        efficiency: optional('numeric(5,2)'),
        createdAt: required('timestamp(3)', { default: 'CURRENT_TIMESTAMP' }),
        isActive: required('boolean', { default: 'true' }),
      },
      primaryKey: ['id'],
    }),
    noTable('trip_cost_breakdown'),
    noTable('crew_roles'),

    // Crew size is what labor cost is computed from.
    // Still to come in phase 9: status, equipment, location, latitude, longitude and the unique number.
    table('units', {
      exactly: true,
      columns: {
        id: required('text'),
        agencyId: required('text'),
        unitNumber: required('text'),
        type: required('text'),
        currentStatus: required('text', { default: "'AVAILABLE'" }),
        currentLocation: optional('text'),
        capabilities: optional('text[]'),
        crewSize: required('integer', { default: '2' }),
        lastMaintenance: optional('timestamp(3)'),
        nextMaintenance: optional('timestamp(3)'),
        isActive: required('boolean', { default: 'true' }),
        createdAt: required('timestamp(3)', { default: 'CURRENT_TIMESTAMP' }),
        updatedAt: required('timestamp(3)'),
        lastStatusUpdate: required('timestamp(3)', { default: 'CURRENT_TIMESTAMP' }),
      },
      primaryKey: ['id'],
      foreignKeys: [
        {
          columns: ['agencyId'],
          references: { table: 'ems_agencies', columns: ['id'] },
          onDelete: 'CASCADE',
        },
      ],
    }),
    accepts(
      'every unit, of before or new, has a crew of two unless it says otherwise',
      `${AGENCY}
      INSERT INTO "units" ("id", "agencyId", "unitNumber", "type", "updatedAt")
        VALUES ('probe-unit', 'probe-agency', 'P-1', 'BLS', now());
      DO $$ BEGIN
        ASSERT NOT EXISTS (SELECT FROM "units" WHERE "crewSize" <> 2), 'crewSize';
      END $$;
      `,
    ),

    // - [ ] Test pricing endpoints (should work)
    accepts(
      'a pricing model for all agencies is stored with its rates, and is active',
      `${PRICING_MODEL}
      DO $$ BEGIN
        ASSERT (SELECT "isActive" AND "agencyId" IS NULL AND ("baseRates" ->> 'ALS')::int = 250
          FROM "pricing_models" WHERE "id" = 'probe-pricing'), 'pricing model';
      END $$;
      `,
    ),
    refuses(
      'a pricing model without base rates is refused',
      '23502',
      `${PRICING_MODEL}
      UPDATE "pricing_models" SET "baseRates" = NULL WHERE "id" = 'probe-pricing';
      `,
    ),
    refuses(
      'a second pricing model under the same id is refused',
      '23505',
      `${PRICING_MODEL}${PRICING_MODEL}
      `,
    ),

    // - [ ] Test cost breakdown endpoints (should work)
    accepts(
      'a cost breakdown is stored to the cent, also for a trip that another table holds',
      `${COST_BREAKDOWN}
      DO $$ BEGIN
        ASSERT (SELECT "totalRevenue" - "totalCost" = "grossProfit" AND "fuelCost" = 15.25
          AND "calculatedAt" IS NOT NULL
          FROM "trip_cost_breakdowns" WHERE "id" = 'probe-breakdown'), 'breakdown';
      END $$;
      `,
    ),
    refuses(
      'a cost breakdown without total revenue is refused',
      '23502',
      `${COST_BREAKDOWN}
      UPDATE "trip_cost_breakdowns" SET "totalRevenue" = NULL WHERE "id" = 'probe-breakdown';
      `,
    ),
    refuses(
      'a ratio of loaded miles of ten and more is refused',
      '22003',
      `${COST_BREAKDOWN}
      UPDATE "trip_cost_breakdowns" SET "loadedMileRatio" = 10 WHERE "id" = 'probe-breakdown';
      `,
    ),
    accepts(
      'a cost center starts without costs and is allocated by number of trips',
      `${COST_CENTER}
      DO $$ BEGIN
        ASSERT (SELECT "overheadRate" = 0 AND "fixedCosts" = 0 AND "variableCosts" = 0
            AND "allocationMethod" = 'TRIP_COUNT' AND "isActive"
          FROM "cost_centers" WHERE "id" = 'probe-center'), 'defaults';
      END $$;
      `,
    ),
    refuses(
      'a second cost center with the same code is refused',
      '23505',
      `${COST_CENTER}
      INSERT INTO "cost_centers" ("id", "name", "code", "updatedAt") VALUES ('probe-center-2', 'Probe',
        'PROBE-1', now());
      `,
    ),
    accepts(
      'a backhaul opportunity of two trips is stored and active',
      `
      INSERT INTO "backhaul_opportunities" ("id", "tripId1", "tripId2", "revenueBonus", "efficiency")
        VALUES ('probe-backhaul', 'probe-trip-1', 'probe-trip-2', 50, 82.5);
      DO $$ BEGIN
        ASSERT (SELECT "isActive" AND "createdAt" IS NOT NULL FROM "backhaul_opportunities"
          WHERE "id" = 'probe-backhaul'),
          'defaults';
      END $$;
      `,
    ),
    refuses(
      'a backhaul opportunity of one trip alone is refused',
      '23502',
      `
      INSERT INTO "backhaul_opportunities" ("id", "tripId1") VALUES ('probe-backhaul', 'probe-trip-1');
      `,
    ),
  ],
})

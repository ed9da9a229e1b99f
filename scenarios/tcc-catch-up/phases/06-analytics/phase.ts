import { accepts, definePhase, noTable, optional, refuses, required, table } from 'phaseproof'

/** Rows for the probes, with the columns that have no default. */
const AGENCY = `
  INSERT INTO "ems_agencies" ("id", "name", "contactName", "phone", "email", "address", "city", "state",
    "zipCode", "updatedAt")
    VALUES ('probe-agency', 'Probe Ambulance', 'Probe', '555-0100', 'agency@phaseproof.test', '1 Probe Way',
      'Probeton', 'PA', '00000', now());`

const UNIT = `
  INSERT INTO "units" ("id", "agencyId", "unitNumber", "type", "updatedAt")
    VALUES ('probe-unit', 'probe-agency', 'P-1', 'BLS', now());`

/** Phase 6 of the catch-up: figures of units, settings of the route optimizer. */
export default definePhase({
  id: 6,
  name: '06-analytics',
  title: 'Analytics and optimization',
  goal: 'Create analytics and optimization tables',
  risk: 'low',
  dependsOn: [
    {
      phase: 4,
      because:
        'analytics and the optimizer read transport requests and trips, which are whole since phase 4.',
    },
  ],
  estimateMinutes: 30,
  migrations: [
    '20250910191806_add_route_optimization_fields',
    '20250917132535_add_route_optimization_settings',
    '20250917160459_add_analytics_fields',
    '20250917160504_add_unit_analytics_fields',
    '20260106060000_phase6_unit_analytics_complete',
    '20260106060100_phase6_system_analytics_created_at',
  ],
  changes: ['unit_analytics', 'route_optimization_settings', 'units', 'system_analytics'],

  faults: [
    {
      plan: 'Depends on the units table only.',
      fact: 'Analytics and the optimizer read transport requests and trips, and nos. 11 and 14 alter trips.',
      mend: 'The phase depends on phase 4, which has given trips those columns already.',
    },
    {
      plan: '`20250917160459_add_analytics_fields` creates unit_analytics.',
      fact: 'It lacks totalTripsCompleted, the unique unit and the foreign key, and no. 15 of the same phase drops the table again.',
      mend: 'Ours drops nothing; a gap migration completes the table.',
    },
    {
      plan: '`20250917160504_add_unit_analytics_fields` updates units.',
      fact: 'The historical file adds three columns that the schema does not have, and drops center_users, hospitals and trips.',
      mend: 'Ours adds lastMaintenance, nextMaintenance and lastStatusUpdate, filled from the last update of a unit.',
    },
    {
      plan: '`20250910191806_add_route_optimization_fields` adds fields to trips.',
      fact: 'The historical file drops dropdown_options, facilities, healthcare_users and transport_requests; phase 4 needs its columns.',
      mend: 'Ours finds the columns that phase 4 added, and changes nothing.',
    },
    {
      plan: '`20250917132535_add_route_optimization_settings` creates the settings.',
      fact: 'The historical file also creates two indexes that the schema does not have.',
      mend: 'Ours leaves them out, so that production equals the schema.',
    },
    {
      plan: 'system_analytics "may be simplified"; no phase names it.',
      fact: 'It lacks createdAt, so storing a notification fails.',
      mend: 'A gap migration of this phase adds the column, filled from timestamp.',
    },
    {
      plan: 'Test analytics endpoints (should work).',
      fact: 'Overview, trips, agencies and hospitals answered 200 with zeros where tables were missing.',
      mend: 'Answers are compared with the rows of the snapshot.',
    },
    {
      plan: 'Test route optimization (should work).',
      fact: 'POST /api/optimize/routes reads whole units and works from phase 9; revenue, return trips and performance answered 200 without any table.',
      mend: 'The settings are proven here, and routes work from here too: they begin at the agency, because a unit has a position of its own from phase 9 only.',
    },
  ],

  expect: [
    // - [ ] Verify analytics tables exist
    table('unit_analytics', {
      exactly: true,
      columns: {
        id: required('text'),
        unitId: required('text'),
        performanceScore: optional('numeric(5,2)'),
        efficiency: optional('numeric(5,2)'),
        totalTrips: required('integer', { default: '0' }),
        totalTripsCompleted: required('integer', { default: '0' }),
        averageResponseTime: optional('numeric(5,2)'),
        lastUpdated: required('timestamp(3)', { default: 'CURRENT_TIMESTAMP' }),
      },
      primaryKey: ['id'],
      uniques: [['unitId']],
      foreignKeys: [
        { columns: ['unitId'], references: { table: 'units', columns: ['id'] }, onDelete: 'CASCADE' },
      ],
    }),
    table('route_optimization_settings', {
      exactly: true,
      columns: {
        id: required('text'),
        agencyId: optional('text'),
        deadheadMileWeight: required('numeric(5,2)', { default: '1.0' }),
        waitTimeWeight: required('numeric(5,2)', { default: '1.0' }),
        backhaulBonusWeight: required('numeric(5,2)', { default: '1.0' }),
        overtimeRiskWeight: required('numeric(5,2)', { default: '1.0' }),
        revenueWeight: required('numeric(5,2)', { default: '1.0' }),
        maxDeadheadMiles: required('numeric(6,2)', { default: '50.0' }),
        maxWaitTimeMinutes: required('integer', { default: '30' }),
        maxOvertimeHours: required('numeric(4,2)', { default: '4.0' }),
        maxResponseTimeMinutes: required('integer', { default: '15' }),
        maxServiceDistance: required('numeric(6,2)', { default: '100.0' }),
        backhaulTimeWindow: required('integer', { default: '60' }),
        backhaulDistanceLimit: required('numeric(6,2)', { default: '25.0' }),
        backhaulRevenueBonus: required('numeric(8,2)', { default: '50.0' }),
        enableBackhaulOptimization: required('boolean', { default: 'true' }),
        targetLoadedMileRatio: required('numeric(3,2)', { default: '0.75' }),
        targetRevenuePerHour: required('numeric(8,2)', { default: '200.0' }),
        targetResponseTime: required('integer', { default: '12' }),
        targetEfficiency: required('numeric(3,2)', { default: '0.85' }),
        optimizationAlgorithm: required('text', { default: "'HYBRID'" }),
        maxOptimizationTime: required('integer', { default: '30' }),
        enableRealTimeOptimization: required('boolean', { default: 'true' }),
        crewAvailabilityWeight: required('numeric(5,2)', { default: '1.0' }),
        equipmentCompatibilityWeight: required('numeric(5,2)', { default: '1.0' }),
        patientPriorityWeight: required('numeric(5,2)', { default: '1.0' }),
        isActive: required('boolean', { default: 'true' }),
        createdAt: required('timestamp(3)', { default: 'CURRENT_TIMESTAMP' }),
        updatedAt: required('timestamp(3)'),
      },
      primaryKey: ['id'],
    }),

    // - [ ] Verify units table has analytics fields
    // Still to come: crewSize in phase 7; status, equipment, location, latitude, longitude and the unique
    // number in phase 9.
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

    // Not in the plan, and needed to store a notification.
    table('system_analytics', {
      exactly: true,
      columns: {
        id: required('text'),
        metricName: required('text'),
        metricValue: required('jsonb'),
        timestamp: required('timestamp(3)', { default: 'CURRENT_TIMESTAMP' }),
        userId: optional('text'),
        createdAt: required('timestamp(3)', { default: 'CURRENT_TIMESTAMP' }),
      },
      primaryKey: ['id'],
    }),
    noTable('backhaul_opportunities'),

    // - [ ] Test analytics endpoints (should work)
    accepts(
      'a unit of before had its last change of status when it was last updated',
      `
      DO $$ BEGIN
        ASSERT EXISTS (SELECT FROM "units"), 'no units';
        ASSERT NOT EXISTS (
          SELECT FROM "units"
          WHERE "lastStatusUpdate" <> "updatedAt" OR "lastMaintenance" IS NOT NULL
             OR "nextMaintenance" IS NOT NULL
        ), 'a unit tells more than was known';
      END $$;
      `,
    ),
    accepts(
      'a metric of before was written when it was measured, a new one is written now',
      `
      DO $$ BEGIN
        ASSERT EXISTS (SELECT FROM "system_analytics"), 'no metrics';
        ASSERT NOT EXISTS (SELECT FROM "system_analytics" WHERE "createdAt" <> "timestamp"), 'createdAt';
      END $$;
      INSERT INTO "system_analytics" ("id", "metricName", "metricValue", "userId")
        VALUES ('probe-metric', 'notification', '{"read": false, "title": "Probe"}', 'probe-user');
      DO $$ BEGIN
        ASSERT (SELECT "createdAt" IS NOT NULL FROM "system_analytics" WHERE "id" = 'probe-metric'),
          'new metric';
      END $$;
      `,
    ),
    accepts(
      'a unit starts with no trips counted, and its figures go when the unit goes',
      `${AGENCY}${UNIT}
      INSERT INTO "unit_analytics" ("id", "unitId") VALUES ('probe-figures', 'probe-unit');
      DO $$ BEGIN
        ASSERT (SELECT "totalTrips" = 0 AND "totalTripsCompleted" = 0 AND "lastUpdated" IS NOT NULL
          FROM "unit_analytics" WHERE "id" = 'probe-figures'), 'defaults';
      END $$;
      DELETE FROM "units" WHERE "id" = 'probe-unit';
      DO $$ BEGIN
        ASSERT NOT EXISTS (SELECT FROM "unit_analytics" WHERE "id" = 'probe-figures'), 'figures';
      END $$;
      `,
    ),
    refuses(
      'a second row of figures for one unit is refused',
      '23505',
      `${AGENCY}${UNIT}
      INSERT INTO "unit_analytics" ("id", "unitId") VALUES ('probe-figures-1', 'probe-unit');
      INSERT INTO "unit_analytics" ("id", "unitId") VALUES ('probe-figures-2', 'probe-unit');
      `,
    ),
    refuses(
      'figures of an unknown unit are refused',
      '23503',
      `
      INSERT INTO "unit_analytics" ("id", "unitId") VALUES ('probe-figures', 'probe-nowhere');
      `,
    ),
    refuses(
      'a unit without a last change of status is refused',
      '23502',
      `${AGENCY}${UNIT}
      UPDATE "units" SET "lastStatusUpdate" = NULL WHERE "id" = 'probe-unit';
      `,
    ),

    // - [ ] Test route optimization (should work)
    accepts(
      'settings that name nothing get the usual weights and limits',
      `
      INSERT INTO "route_optimization_settings" ("id", "updatedAt") VALUES ('probe-settings', now());
      DO $$ BEGIN
        ASSERT EXISTS (
          SELECT FROM "route_optimization_settings"
          WHERE "id" = 'probe-settings' AND "agencyId" IS NULL AND "optimizationAlgorithm" = 'HYBRID'
            AND "deadheadMileWeight" = 1 AND "maxDeadheadMiles" = 50 AND "maxServiceDistance" = 100
            AND "targetLoadedMileRatio" = 0.75 AND "targetEfficiency" = 0.85 AND "maxOvertimeHours" = 4
            AND "enableBackhaulOptimization" AND "enableRealTimeOptimization" AND "isActive"
        ), 'defaults';
      END $$;
      `,
    ),
    refuses(
      'a ratio of more than one digit before the point is refused',
      '22003',
      `
      INSERT INTO "route_optimization_settings" ("id", "targetLoadedMileRatio", "updatedAt")
        VALUES ('probe-settings', 75, now());
      `,
    ),
  ],
})

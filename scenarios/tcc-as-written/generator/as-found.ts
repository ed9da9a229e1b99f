import { type Environment, toComplete } from '../../tcc-catch-up/generator/environments.ts'
import type { RecordedMigration } from '../../tcc-catch-up/generator/history.ts'
import { type Row, toRows } from '../../tcc-catch-up/generator/row.ts'
import { toFoundHistory } from './history.ts'

const SEED = 'tcc-as-found'
/** About this many rows in each table: enough that a loss shows. */
const SIZE = 80

/** What production lacks of the tables that a complete environment has. */
const MISSING = [
  'agency_responses',
  'backhaul_opportunities',
  'notification_logs',
  'notification_preferences',
  'pricing_models',
  'unit_analytics',
  'units',
]

/** Columns of old versions of the server that nothing fills. */
const LEGACY = [
  'transferRequestTime',
  'transferAcceptedTime',
  'emsArrivalTime',
  'emsDepartureTime',
  'readyStart',
  'readyEnd',
] as const

/**
 * Production as it really was on 6 January 2026: every migration recorded, seven tables missing, some that the plan calls missing in
 * use since people made them by hand.
 */
export const AS_FOUND: Environment = {
  name: SEED,
  schema: 'as-found',
  schemaFolder: import.meta.dirname,
  toTables,
}

function toTables(migrations: readonly RecordedMigration[]): Readonly<Record<string, readonly Row[]>> {
  const all = toComplete(SEED, SIZE, migrations)
  return {
    ...Object.fromEntries(Object.entries(all).filter(([table]) => !MISSING.includes(table))),
    _prisma_migrations: toFoundHistory(SEED, migrations),
    agencies: toRows(`${SEED}/agencies`, 6, (dice, index) => ({
      id: dice.id(),
      name: `Former agency ${index + 1}`,
      type: 'AMBULANCE',
      contactInfo: null,
      region: 'North',
      isActive: false,
      createdAt: new Date('2025-09-18T08:00:00Z'),
      updatedAt: new Date('2025-09-18T08:00:00Z'),
    })),
    // The edited migration linked the options before it stored the lists they belong to.
    dropdown_options: all.dropdown_options.map((row) => ({ ...row, categoryId: null })),
    // The server writes other names than the columns have, so nobody ever stored one.
    healthcare_destinations: [],
    transport_requests: all.transport_requests.map((row) => ({
      ...row,
      ...Object.fromEntries(LEGACY.map((column) => [column, null])),
      // Units are kept nowhere.
      assignedUnitId: null,
    })),
    trip_cost_breakdowns: [],
    trips: [],
  }
}

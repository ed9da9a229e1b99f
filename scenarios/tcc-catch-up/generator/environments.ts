import { type RecordedMigration, toCompleteHistory, toProductionHistory } from './history.ts'
import { toRaw } from './raw-production.ts'
import type { Row } from './row.ts'
import { toCenterUsers, toEmsUsers, toHealthcareUsers } from './tables/accounts.ts'
import { toAgencies, toUnitAnalytics, toUnits } from './tables/agencies.ts'
import {
  toAgencyPreferences,
  toDestinations,
  toHouses,
  toLocations,
  toPickupLocations,
} from './tables/houses.ts'
import { toCategories, toCategoryDefaults, toOptions } from './tables/lists.ts'
import { toNotificationLogs, toNotificationPreferences, toSystemAnalytics } from './tables/messages.ts'
import {
  toBackhauls,
  toCostBreakdowns,
  toCostCenters,
  toPricingModels,
  toRouteSettings,
} from './tables/money.ts'
import { toAgencyResponses, toTransportRequests } from './tables/transport-requests.ts'
import { toTrips } from './tables/trips.ts'

/** One of the system's three environments as it stood on 6 January 2026. */
export interface Environment {
  /** Name of its snapshot. */
  readonly name: string
  /** The schema files of `schema/` that it uses. */
  readonly schema: 'production' | 'target' | 'as-found'
  /** Where those files lie; left out: beside this file. */
  readonly schemaFolder?: string
  /** Rows of each table. Columns that its schema lacks are dropped on writing. */
  toTables(migrations: readonly RecordedMigration[]): Readonly<Record<string, readonly Row[]>>
}

/** Production before the catch-up, unmasked, from which its snapshot is captured. */
export const PRODUCTION: Environment = {
  name: 'tcc-production',
  schema: 'production',
  toTables: (migrations) => toRaw('tcc-production', toProduction('tcc-production', migrations)),
}

/** The two complete environments. They are nobody's production, so their snapshots are written without masks. */
export const COMPLETE: readonly Environment[] = [
  {
    name: 'tcc-dev-swa',
    schema: 'target',
    toTables: (migrations) => toComplete('tcc-dev-swa', 300, migrations),
  },
  { name: 'tcc-local', schema: 'target', toTables: (migrations) => toComplete('tcc-local', 120, migrations) },
]

/** All three environments. */
export const ENVIRONMENTS: readonly Environment[] = [PRODUCTION, ...COMPLETE]

function toProduction(seed: string, migrations: readonly RecordedMigration[]) {
  const centerUsers = toCenterUsers(seed, 300)
  const staff = centerUsers.map((user) => user.id)
  const agencies = toAgencies(seed, 250, { adders: staff, addedAtGaps: 0.15 })
  const units = toUnits(seed, 900, agencies)
  const hospitals = toHouses(seed, 'hospitals', 400, staff)
  const facilities = toHouses(seed, 'facilities', 600, staff)
  const places = { hospitals, facilities, agencies, units, staff: centerUsers, pickupLocations: [] }
  return {
    _prisma_migrations: toProductionHistory(seed, migrations),
    center_users: centerUsers,
    ems_agencies: agencies,
    facilities,
    hospitals,
    system_analytics: toSystemAnalytics(seed, 1500, centerUsers),
    trips: toTrips(seed, 2500, places),
    units,
  }
}

/** All 26 tables with about `size` rows each. */
export function toComplete(seed: string, size: number, migrations: readonly RecordedMigration[]) {
  const centerUsers = toCenterUsers(seed, size / 2)
  const staff = centerUsers.map((user) => user.id)
  const agencies = toAgencies(seed, size / 2, { adders: staff, addedAtGaps: 0 })
  const units = toUnits(seed, size, agencies)
  const hospitals = toHouses(seed, 'hospitals', size / 2, staff)
  const facilities = toHouses(seed, 'facilities', size / 2, staff)
  const healthcareUsers = toHealthcareUsers(seed, size)
  const locations = toLocations(seed, size, healthcareUsers)
  const pickupLocations = toPickupLocations(seed, size, hospitals, locations)
  const places = {
    hospitals,
    facilities,
    agencies,
    units,
    staff: centerUsers,
    pickupLocations,
    locations,
    healthcareUsers,
  }
  const trips = toTrips(seed, size, places)
  const requests = toTransportRequests(seed, size, places)
  const costCenters = toCostCenters(seed, 40)
  const categories = toCategories(seed)
  const options = toOptions(seed, size / 2, categories)
  return {
    _prisma_migrations: toCompleteHistory(seed, migrations),
    agency_responses: toAgencyResponses(seed, size, requests, places),
    backhaul_opportunities: toBackhauls(seed, size / 2, trips),
    center_users: centerUsers,
    cost_centers: costCenters,
    dropdown_categories: categories,
    dropdown_category_defaults: toCategoryDefaults(seed, categories, options),
    dropdown_options: options,
    ems_agencies: agencies,
    ems_users: toEmsUsers(seed, size, agencies),
    facilities,
    healthcare_agency_preferences: toAgencyPreferences(seed, size, healthcareUsers, agencies),
    healthcare_destinations: toDestinations(seed, size, healthcareUsers),
    healthcare_locations: locations,
    healthcare_users: healthcareUsers,
    hospitals,
    notification_logs: toNotificationLogs(seed, size, centerUsers),
    notification_preferences: toNotificationPreferences(seed, size, centerUsers),
    pickup_locations: pickupLocations,
    pricing_models: toPricingModels(seed, size / 2, agencies),
    route_optimization_settings: toRouteSettings(seed, size / 2, agencies),
    system_analytics: toSystemAnalytics(seed, size, centerUsers),
    transport_requests: requests,
    trip_cost_breakdowns: toCostBreakdowns(seed, size, trips, costCenters),
    trips,
    unit_analytics: toUnitAnalytics(seed, units),
    units,
  }
}

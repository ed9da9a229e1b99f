import { toCreatedAndUpdated, toMoment, toStamp } from '../clock.ts'
import type { Dice } from '../dice.ts'
import { INSURANCES, PRIORITIES, TRANSPORT_LEVELS } from '../invented/care.ts'
import { REGIONS, toTown } from '../invented/places.ts'
import { type Row, type RowWithId, toRows } from '../row.ts'
import type { Agency } from './agencies.ts'

export type CostCenter = RowWithId & { readonly name: string }

/** cost_centers, with a code each. */
export function toCostCenters(seed: string, count: number): readonly CostCenter[] {
  return toRows(`${seed}/cost_centers`, count, (dice, index) => ({
    id: dice.id(),
    name: `${toTown(dice)} operations`,
    description: dice.maybe(0.5, () => 'Opened by the "north" office.\nSee the yearly plan.'),
    code: `CC-${String(index + 1).padStart(4, '0')}`,
    overheadRate: dice.decimal(0, 40),
    fixedCosts: dice.decimal(0, 90000),
    variableCosts: dice.decimal(0, 90000),
    allocationMethod: dice.pick(['TRIP_COUNT', 'MILEAGE', 'REVENUE']),
    isActive: dice.chance(0.9),
    ...toCreatedAndUpdated(dice, toMoment(dice)),
  }))
}

/** trip_cost_breakdowns: of trips and cost centers, named without foreign keys. */
export function toCostBreakdowns(
  seed: string,
  count: number,
  trips: readonly RowWithId[],
  centers: readonly CostCenter[],
): readonly Row[] {
  return toRows(`${seed}/trip_cost_breakdowns`, count, (dice) => {
    const made = toMoment(dice)
    const center = dice.maybe(0.8, () => dice.pick(centers))
    const money = (most: number) => dice.decimal(0, most)
    const share = () => dice.decimal(0, 1)
    return {
      id: dice.id(),
      tripId: dice.pick(trips).id,
      baseRevenue: money(900),
      mileageRevenue: money(900),
      priorityRevenue: money(200),
      specialRequirementsRevenue: money(150),
      insuranceAdjustment: dice.decimal(-300, 300),
      totalRevenue: money(3000),
      crewLaborCost: money(600),
      vehicleCost: money(300),
      fuelCost: money(150),
      maintenanceCost: money(100),
      overheadCost: money(200),
      totalCost: money(1500),
      grossProfit: dice.decimal(-700, 1500),
      profitMargin: dice.decimal(-90, 90),
      revenuePerMile: money(60),
      costPerMile: money(40),
      loadedMileRatio: share(),
      deadheadMileRatio: share(),
      utilizationRate: share(),
      tripDistance: money(400),
      loadedMiles: money(300),
      deadheadMiles: money(100),
      tripDurationHours: money(12),
      transportLevel: dice.pick(TRANSPORT_LEVELS),
      priorityLevel: dice.pick(PRIORITIES),
      costCenterId: center?.id ?? null,
      costCenterName: center?.name ?? null,
      calculatedAt: toStamp(dice, made),
      ...toCreatedAndUpdated(dice, made),
    }
  })
}

/** pricing_models: of an agency or of the center. */
export function toPricingModels(seed: string, count: number, agencies: readonly Agency[]): readonly Row[] {
  return toRows(`${seed}/pricing_models`, count, (dice, index) => ({
    id: dice.id(),
    agencyId: dice.maybe(0.8, () => dice.pick(agencies).id),
    name: `Model ${index + 1} "${dice.pick(REGIONS)}"`,
    isActive: dice.chance(0.8),
    baseRates: toRates(dice, TRANSPORT_LEVELS),
    perMileRates: toRates(dice, TRANSPORT_LEVELS),
    priorityMultipliers: toRates(dice, PRIORITIES),
    peakHourMultipliers: { json: { ranges: [{ from: '07:00', to: '09:00', factor: 1.2 }], none: null } },
    weekendMultipliers: { json: { sat: 1.1, sun: 1.25 } },
    seasonalMultipliers: { json: {} },
    zoneMultipliers: toRates(dice, REGIONS),
    distanceTiers: {
      json: [
        { upTo: 10, rate: 5 },
        { upTo: null, rate: 3.5 },
      ],
    },
    specialRequirements: { json: { lift: dice.between(10, 90), nested: { escort: [1, 2, null] } } },
    isolationPricing: dice.maybe(0.6, () => dice.decimal(10, 200)),
    bariatricPricing: dice.maybe(0.6, () => dice.decimal(10, 300)),
    oxygenPricing: dice.maybe(0.6, () => dice.decimal(5, 90)),
    monitoringPricing: dice.maybe(0.6, () => dice.decimal(5, 90)),
    insuranceRates: toRates(dice, INSURANCES),
    ...toCreatedAndUpdated(dice, toMoment(dice)),
  }))
}

/** route_optimization_settings: one for each of the first agencies, the first row for all. */
export function toRouteSettings(seed: string, count: number, agencies: readonly Agency[]): readonly Row[] {
  return toRows(`${seed}/route_optimization_settings`, count, (dice, index) => {
    const weight = () => dice.decimal(0, 3)
    return {
      id: dice.id(),
      agencyId: index === 0 ? null : (agencies[(index - 1) % agencies.length] as Agency).id,
      deadheadMileWeight: weight(),
      waitTimeWeight: weight(),
      backhaulBonusWeight: weight(),
      overtimeRiskWeight: weight(),
      revenueWeight: weight(),
      maxDeadheadMiles: dice.decimal(10, 90),
      maxWaitTimeMinutes: dice.between(10, 90),
      maxOvertimeHours: dice.decimal(0, 8),
      maxResponseTimeMinutes: dice.between(5, 40),
      maxServiceDistance: dice.decimal(20, 300),
      backhaulTimeWindow: dice.between(15, 120),
      backhaulDistanceLimit: dice.decimal(5, 60),
      backhaulRevenueBonus: dice.decimal(0, 150),
      enableBackhaulOptimization: dice.chance(0.8),
      targetLoadedMileRatio: dice.decimal(0.4, 0.95),
      targetRevenuePerHour: dice.decimal(80, 500),
      targetResponseTime: dice.between(5, 30),
      targetEfficiency: dice.decimal(0.5, 0.99),
      optimizationAlgorithm: dice.pick(['HYBRID', 'GREEDY', 'GENETIC']),
      maxOptimizationTime: dice.between(5, 60),
      enableRealTimeOptimization: dice.chance(0.8),
      crewAvailabilityWeight: weight(),
      equipmentCompatibilityWeight: weight(),
      patientPriorityWeight: weight(),
      isActive: dice.chance(0.9),
      ...toCreatedAndUpdated(dice, toMoment(dice)),
    }
  })
}

/** backhaul_opportunities: pairs of trips. */
export function toBackhauls(seed: string, count: number, trips: readonly RowWithId[]): readonly Row[] {
  return toRows(`${seed}/backhaul_opportunities`, count, (dice) => ({
    id: dice.id(),
    tripId1: dice.pick(trips).id,
    tripId2: dice.pick(trips).id,
    revenueBonus: dice.maybe(0.8, () => dice.decimal(0, 200)),
    efficiency: dice.maybe(0.8, () => dice.decimal(0, 100)),
    createdAt: toStamp(dice, toMoment(dice)),
    isActive: dice.chance(0.7),
  }))
}

function toRates(dice: Dice, keys: readonly string[]) {
  return { json: Object.fromEntries(keys.map((key) => [key, dice.between(50, 400) / 100])) }
}

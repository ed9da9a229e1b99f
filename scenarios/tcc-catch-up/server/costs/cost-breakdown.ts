/** What of a trip determines its cost. */
export interface MeasuredTrip {
  readonly transportLevel: string
  readonly priority: string
  readonly loadedMiles: number
  readonly deadheadMiles: number
  readonly durationHours: number
  readonly crewSize: number
  readonly insuranceCompany: string | null
  readonly needs: Readonly<Record<Need, boolean>>
}

export type Need = 'isolation' | 'bariatric' | 'oxygen' | 'monitoring'

/** The rates of a pricing model in dollars, and its multipliers, 1 for no change. */
export interface Pricing {
  readonly baseRates: unknown
  readonly perMileRates: unknown
  readonly priorityMultipliers: unknown
  readonly insuranceRates: unknown
  readonly needs: Readonly<Record<Need, number | null>>
}

/** Dollars and miles of a trip, each with two decimals. */
export type CostFigures = ReturnType<typeof toCostFigures>

/** Dollars for an hour of one crew member, and for wear, fuel and repairs of a mile. */
const hourlyWage = 28
const perMile = { vehicle: 0.9, fuel: 0.65, maintenance: 0.25 } as const
const shiftHours = 8
/** Largest profit in percent; the column has three digits before the point. */
const maxMargin = 999.99

/**
 * Revenue and cost of a trip by a pricing model.
 * @param overheadRate percent of the direct costs that its cost center adds
 * @returns null when the model has no rates for the trip's level
 */
export function toCostFigures(trip: MeasuredTrip, pricing: Pricing, overheadRate: number) {
  const base = toNumber(pricing.baseRates, trip.transportLevel)
  const mileRate = toNumber(pricing.perMileRates, trip.transportLevel)
  if (base === null || mileRate === null) return null

  const baseRevenue = round(base)
  const mileageRevenue = round(mileRate * trip.loadedMiles)
  const transport = baseRevenue + mileageRevenue
  const priorityRevenue = round(transport * ((toNumber(pricing.priorityMultipliers, trip.priority) ?? 1) - 1))
  const specialRequirementsRevenue = round(toNeedsPrice(trip, pricing))
  const billed = transport + priorityRevenue + specialRequirementsRevenue
  const insuranceAdjustment = round(
    billed * ((toNumber(pricing.insuranceRates, trip.insuranceCompany) ?? 1) - 1),
  )
  const totalRevenue = round(billed + insuranceAdjustment)

  const miles = trip.loadedMiles + trip.deadheadMiles
  const crewLaborCost = round(trip.crewSize * trip.durationHours * hourlyWage)
  const vehicleCost = round(miles * perMile.vehicle)
  const fuelCost = round(miles * perMile.fuel)
  const maintenanceCost = round(miles * perMile.maintenance)
  const direct = crewLaborCost + vehicleCost + fuelCost + maintenanceCost
  const overheadCost = round((direct * overheadRate) / 100)
  const totalCost = round(direct + overheadCost)
  const grossProfit = round(totalRevenue - totalCost)
  const margin = totalRevenue === 0 ? 0 : (100 * grossProfit) / totalRevenue

  return {
    baseRevenue,
    mileageRevenue,
    priorityRevenue,
    specialRequirementsRevenue,
    insuranceAdjustment,
    totalRevenue,
    crewLaborCost,
    vehicleCost,
    fuelCost,
    maintenanceCost,
    overheadCost,
    totalCost,
    grossProfit,
    profitMargin: round(Math.max(-maxMargin, Math.min(maxMargin, margin))),
    revenuePerMile: miles === 0 ? 0 : round(totalRevenue / miles),
    costPerMile: miles === 0 ? 0 : round(totalCost / miles),
    loadedMileRatio: miles === 0 ? 0 : round(trip.loadedMiles / miles),
    deadheadMileRatio: miles === 0 ? 0 : round(trip.deadheadMiles / miles),
    utilizationRate: round(Math.min(1, trip.durationHours / shiftHours)),
    tripDistance: round(miles),
    loadedMiles: round(trip.loadedMiles),
    deadheadMiles: round(trip.deadheadMiles),
    tripDurationHours: round(trip.durationHours),
    transportLevel: trip.transportLevel,
    priorityLevel: trip.priority,
  }
}

/** Tells whether every figure fits its column. A breakdown with a larger figure is not stored. */
export function isStorable(figures: NonNullable<CostFigures>): boolean {
  const money = [figures.totalRevenue, figures.totalCost, figures.grossProfit, figures.insuranceAdjustment]
  return (
    money.every((dollars) => Math.abs(dollars) < 1e8) &&
    Math.abs(figures.revenuePerMile) < 1e6 &&
    figures.costPerMile < 1e6 &&
    figures.tripDistance < 1e4 &&
    figures.tripDurationHours < 100
  )
}

function toNeedsPrice({ needs }: MeasuredTrip, { needs: prices }: Pricing): number {
  return (Object.keys(needs) as Need[]).reduce(
    (total, need) => total + (needs[need] ? (prices[need] ?? 0) : 0),
    0,
  )
}

/** A number of a JSON object of rates; null when there is none under this name. */
function toNumber(rates: unknown, name: string | null): number | null {
  if (name === null || typeof rates !== 'object' || rates === null || !Object.hasOwn(rates, name)) return null
  const value = (rates as Readonly<Record<string, unknown>>)[name]
  return typeof value === 'number' ? value : null
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}

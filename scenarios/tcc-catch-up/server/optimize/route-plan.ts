import { type Coordinates, toDistanceMiles } from '../distance.ts'

/** A transport that a route can take up. */
export interface Stop {
  readonly id: string
  readonly origin: Coordinates | null
  readonly destination: Coordinates | null
  readonly readyAt: Date | null
  readonly priority: string
  readonly transportLevel: string
}

/** The settings that determine a plan. */
export interface PlanSettings {
  readonly deadheadMileWeight: number
  readonly waitTimeWeight: number
  readonly backhaulBonusWeight: number
  readonly revenueWeight: number
  readonly patientPriorityWeight: number
  readonly backhaulTimeWindow: number
  readonly backhaulDistanceLimit: number
  readonly backhaulRevenueBonus: number
  readonly enableBackhaulOptimization: boolean
}

export interface PlannedStop {
  readonly requestId: string
  readonly order: number
  readonly score: number
  readonly revenue: number
  readonly loadedMiles: number
  readonly deadheadMiles: number
  readonly waitTimeMinutes: number
}

export interface BackhaulPair {
  readonly firstRequestId: string
  readonly secondRequestId: string
  readonly deadheadMiles: number
  readonly gapMinutes: number
  readonly revenueBonus: number
}

export interface RoutePlan {
  readonly optimizedRequests: readonly PlannedStop[]
  readonly backhaulPairs: readonly BackhaulPair[]
  readonly totalRevenue: number
  readonly totalDeadheadMiles: number
  readonly totalWaitTime: number
  readonly averageScore: number
}

/** Dollars: the base rate and the rate per loaded mile of each level. */
const rates: Readonly<Record<string, readonly [base: number, perMile: number]>> = {
  BLS: [150, 2.5],
  ALS: [250, 3.75],
  CCT: [400, 5],
}
const otherRate = [150, 2.5] as const
const priorityPoints: Readonly<Record<string, number>> = { LOW: 0, MEDIUM: 10, HIGH: 25, CRITICAL: 50 }
const milesPerMinute = 0.75

/**
 * An order of transports for one unit: each step takes the one with the best score from the unit's place. Stops
 * without coordinates count as at that place, stops without a time as ready.
 */
export function toRoutePlan(
  home: Coordinates | null,
  stops: readonly Stop[],
  settings: PlanSettings,
): RoutePlan {
  const pairs = settings.enableBackhaulOptimization ? toBackhaulPairs(stops, settings) : []
  const waiting = [...stops]
  const planned: PlannedStop[] = []
  let totalBonus = 0
  let place = home
  let minute = toStartMinute(stops)
  let previous: Stop | undefined
  while (waiting.length > 0) {
    const candidates = waiting.map((stop) => {
      const pair = pairs.find(
        ({ firstRequestId, secondRequestId }) =>
          firstRequestId === previous?.id && secondRequestId === stop.id,
      )
      return toCandidate(stop, place, minute, pair?.revenueBonus ?? 0, settings)
    })
    const best = candidates.reduce((a, b) => (b.planned.score > a.planned.score ? b : a))
    planned.push({ ...best.planned, order: planned.length + 1 })
    waiting.splice(waiting.indexOf(best.stop), 1)
    totalBonus += best.bonus
    place = best.stop.destination ?? best.stop.origin ?? place
    minute = best.endMinute
    previous = best.stop
  }
  return {
    optimizedRequests: planned,
    backhaulPairs: pairs,
    totalRevenue: round(sum(planned.map(({ revenue }) => revenue)) + totalBonus),
    totalDeadheadMiles: round(sum(planned.map(({ deadheadMiles }) => deadheadMiles))),
    totalWaitTime: round(sum(planned.map(({ waitTimeMinutes }) => waitTimeMinutes))),
    averageScore: planned.length === 0 ? 0 : round(sum(planned.map(({ score }) => score)) / planned.length),
  }
}

/**
 * Pairs in which the second transport starts near the end of the first and soon after it, the shortest empty way
 * first.
 */
export function toBackhaulPairs(
  stops: readonly Stop[],
  {
    backhaulDistanceLimit,
    backhaulTimeWindow,
    backhaulRevenueBonus,
  }: Pick<PlanSettings, 'backhaulDistanceLimit' | 'backhaulTimeWindow' | 'backhaulRevenueBonus'>,
): readonly BackhaulPair[] {
  const pairs: BackhaulPair[] = []
  for (const first of stops) {
    for (const second of stops) {
      if (first === second || !first.destination || !second.origin) continue
      const deadheadMiles = toDistanceMiles(first.destination, second.origin)
      const gapMinutes = toGapMinutes(first, second)
      if (gapMinutes < 0 || deadheadMiles > backhaulDistanceLimit || gapMinutes > backhaulTimeWindow) continue
      pairs.push({
        firstRequestId: first.id,
        secondRequestId: second.id,
        deadheadMiles,
        gapMinutes,
        revenueBonus: backhaulRevenueBonus,
      })
    }
  }
  return pairs.sort((a, b) => a.deadheadMiles - b.deadheadMiles)
}

function toCandidate(
  stop: Stop,
  place: Coordinates | null,
  minute: number,
  bonus: number,
  settings: PlanSettings,
) {
  const deadheadMiles = place && stop.origin ? toDistanceMiles(place, stop.origin) : 0
  const loadedMiles = stop.origin && stop.destination ? toDistanceMiles(stop.origin, stop.destination) : 0
  const arrival = minute + deadheadMiles / milesPerMinute
  const ready = stop.readyAt ? stop.readyAt.getTime() / 60_000 : arrival
  const waitTimeMinutes = round(Math.max(0, ready - arrival))
  const [base, perMile] = rates[stop.transportLevel] ?? otherRate
  const revenue = round(base + perMile * loadedMiles)
  const score = round(
    settings.revenueWeight * (revenue / 10) +
      settings.backhaulBonusWeight * (bonus / 10) +
      settings.patientPriorityWeight * (priorityPoints[stop.priority] ?? 0) -
      settings.deadheadMileWeight * deadheadMiles -
      settings.waitTimeWeight * (waitTimeMinutes / 10),
  )
  const planned = {
    requestId: stop.id,
    order: 0,
    score,
    revenue,
    loadedMiles,
    deadheadMiles,
    waitTimeMinutes,
  }
  return { stop, bonus, planned, endMinute: Math.max(arrival, ready) + loadedMiles / milesPerMinute }
}

/** Minutes from the end of the first to the start of the second; negative when the second starts earlier. */
function toGapMinutes(first: Stop, second: Stop): number {
  if (!first.readyAt || !second.readyAt || !first.origin || !first.destination) return 0
  const drive = toDistanceMiles(first.origin, first.destination) / milesPerMinute
  return round((second.readyAt.getTime() - first.readyAt.getTime()) / 60_000 - drive)
}

function toStartMinute(stops: readonly Stop[]): number {
  const times = stops.flatMap(({ readyAt }) => (readyAt ? [readyAt.getTime() / 60_000] : []))
  return times.length === 0 ? 0 : Math.min(...times)
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}

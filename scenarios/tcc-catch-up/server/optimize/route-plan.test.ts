import { describe, expect, it } from 'vitest'
import { type PlanSettings, type Stop, toBackhaulPairs, toRoutePlan } from './route-plan.ts'

const settings: PlanSettings = {
  deadheadMileWeight: 1,
  waitTimeWeight: 1,
  backhaulBonusWeight: 1,
  revenueWeight: 1,
  patientPriorityWeight: 1,
  backhaulTimeWindow: 60,
  backhaulDistanceLimit: 25,
  backhaulRevenueBonus: 50,
  enableBackhaulOptimization: true,
}
const home = at(10)
const near = stop('near', { origin: at(10.1), destination: at(10.2) })
const far = stop('far', { origin: at(12), destination: at(12.5) })

describe('a route plan', () => {
  it('of no stops comes to nothing', () => {
    expect(toRoutePlan(home, [], settings)).toEqual({
      optimizedRequests: [],
      backhaulPairs: [],
      totalRevenue: 0,
      totalDeadheadMiles: 0,
      totalWaitTime: 0,
      averageScore: 0,
    })
  })

  it('holds every stop once', () => {
    expect(orderOf([far, near])).toEqual(['near', 'far'])
    expect(orderOf([near, far])).toEqual(['near', 'far'])
  })

  it('goes to the critical patient first, unless priority counts for nothing', () => {
    const critical = { ...far, origin: at(10.4), destination: at(10.5), priority: 'CRITICAL' }
    expect(orderOf([near, critical])).toEqual(['far', 'near'])
    expect(orderOf([near, critical], { patientPriorityWeight: 0 })).toEqual(['near', 'far'])
  })

  it('waits for a patient who is not ready yet', () => {
    const first = { ...near, origin: at(10), destination: at(10), readyAt: new Date('2026-01-06T08:00:00Z') }
    const later = { ...far, origin: at(10), destination: at(10), readyAt: new Date('2026-01-06T09:30:00Z') }
    expect(toRoutePlan(home, [first, later], settings).totalWaitTime).toBe(90)
  })

  it('counts a place that nobody knows as no way at all', () => {
    const unknown = { ...near, origin: null, destination: null }
    expect(toRoutePlan(null, [unknown], settings)).toMatchObject({ totalDeadheadMiles: 0, totalRevenue: 150 })
  })

  it('earns the bonus of a pair only where one follows the other', () => {
    const there = stop('there', { origin: at(10), destination: at(10.5) })
    const back = stop('back', { origin: at(10.5), destination: at(10) })
    const without = toRoutePlan(home, [there, back], { ...settings, enableBackhaulOptimization: false })
    const withPairs = toRoutePlan(home, [there, back], settings)
    expect(withPairs.totalRevenue - without.totalRevenue).toBeCloseTo(50)
    expect(without.backhaulPairs).toEqual([])
  })

  it('takes the way back first when the bonus weighs enough', () => {
    const there = stop('there', { origin: at(10), destination: at(10.3), priority: 'CRITICAL' })
    const back = stop('back', { origin: at(10.5), destination: at(10) })
    const stops = [there, back, stop('anywhere', {})]
    const bonus = { backhaulRevenueBonus: 100 }
    expect(orderOf(stops, { ...bonus, backhaulBonusWeight: 0 })).toEqual(['there', 'anywhere', 'back'])
    expect(orderOf(stops, { ...bonus, backhaulBonusWeight: 1 })).toEqual(['there', 'back', 'anywhere'])
  })
})

describe('backhaul pairs', () => {
  const morning = new Date('2026-01-06T08:00:00Z')
  const there = stop('there', { origin: at(10), destination: at(10.5), readyAt: morning })

  it.each([
    ['starts where the first ends, soon after', { readyAt: minutesAfter(60) }, 1],
    ['starts before the first has ended', { readyAt: minutesAfter(30) }, 0],
    ['starts long after', { readyAt: minutesAfter(300) }, 0],
    ['starts too far away', { readyAt: minutesAfter(60), origin: at(11) }, 0],
    ['starts nobody knows where', { readyAt: minutesAfter(60), origin: null }, 0],
  ])('are found when the second %s: %j gives %i', (_when, change, count) => {
    const back = { ...stop('back', { origin: at(10.5), destination: at(10) }), ...change }
    const pairs = toBackhaulPairs([there, back], settings)
    expect(pairs.filter(({ firstRequestId }) => firstRequestId === 'there')).toHaveLength(count)
  })

  function minutesAfter(minutes: number): Date {
    return new Date(morning.getTime() + minutes * 60_000)
  }
})

function at(latitude: number) {
  return { latitude, longitude: 10 }
}

function stop(id: string, more: Partial<Stop>): Stop {
  return {
    id,
    origin: null,
    destination: null,
    readyAt: null,
    priority: 'LOW',
    transportLevel: 'BLS',
    ...more,
  }
}

function orderOf(stops: readonly Stop[], change: Partial<PlanSettings> = {}): readonly string[] {
  return toRoutePlan(home, stops, { ...settings, ...change }).optimizedRequests.map(
    ({ requestId }) => requestId,
  )
}

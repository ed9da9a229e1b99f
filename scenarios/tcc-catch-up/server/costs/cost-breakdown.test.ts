import { describe, expect, it } from 'vitest'
import { isStorable, type MeasuredTrip, type Pricing, toCostFigures } from './cost-breakdown.ts'

const trip: MeasuredTrip = {
  transportLevel: 'ALS',
  priority: 'HIGH',
  loadedMiles: 30,
  deadheadMiles: 10,
  durationHours: 2,
  crewSize: 2,
  insuranceCompany: 'Lantern Mutual',
  needs: { isolation: false, bariatric: false, oxygen: true, monitoring: true },
}
const pricing: Pricing = {
  baseRates: { ALS: 250 },
  perMileRates: { ALS: 4 },
  priorityMultipliers: { HIGH: 1.2 },
  insuranceRates: { 'Lantern Mutual': 0.9 },
  needs: { isolation: 50, bariatric: null, oxygen: 26, monitoring: null },
}

describe('cost breakdown', () => {
  it('bills base, loaded miles, priority and needs, and what the insurance pays of it', () => {
    expect(toCostFigures(trip, pricing, 10)).toMatchObject({
      baseRevenue: 250,
      mileageRevenue: 120,
      priorityRevenue: 74,
      specialRequirementsRevenue: 26,
      insuranceAdjustment: -47,
      totalRevenue: 423,
    })
  })

  it('costs crew hours and all miles, with the overhead of the cost center on top', () => {
    expect(toCostFigures(trip, pricing, 10)).toMatchObject({
      crewLaborCost: 112,
      vehicleCost: 36,
      fuelCost: 26,
      maintenanceCost: 10,
      overheadCost: 18.4,
      totalCost: 202.4,
      grossProfit: 220.6,
      profitMargin: 52.15,
      loadedMileRatio: 0.75,
      deadheadMileRatio: 0.25,
      utilizationRate: 0.25,
      tripDistance: 40,
    })
  })

  it('changes nothing for a priority and an insurance that the model does not name', () => {
    const unknown = { ...pricing, priorityMultipliers: {}, insuranceRates: { toString: 3 } }
    const figures = toCostFigures({ ...trip, insuranceCompany: null }, unknown, 0)
    expect(figures).toMatchObject({ priorityRevenue: 0, insuranceAdjustment: 0, overheadCost: 0 })
  })

  it.each([{ BLS: 1 }, {}, null, [], { ALS: 'much' }])('has no figures by the base rates %j', (baseRates) => {
    expect(toCostFigures(trip, { ...pricing, baseRates }, 0)).toBeNull()
  })

  it('keeps the margin within what its column holds', () => {
    const needs = { isolation: null, bariatric: null, oxygen: null, monitoring: null }
    const cheap = { ...pricing, needs, baseRates: { ALS: 0.01 }, perMileRates: { ALS: 0 } }
    const figures = toCostFigures(trip, cheap, 0)
    expect(figures?.profitMargin).toBe(-999.99)
  })

  it.each([
    [{ loadedMiles: 9_990 }, false],
    [{ durationHours: 100 }, false],
    [{}, true],
  ])('of a trip with %j is storable: %s', (change, storable) => {
    const figures = toCostFigures({ ...trip, ...change }, pricing, 0)
    expect(figures && isStorable(figures)).toBe(storable)
  })
})

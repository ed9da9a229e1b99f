import { describe, expect, it } from 'vitest'
import { toCoordinates, toDistanceMiles } from './distance.ts'

describe('distance', () => {
  it.each([
    [0, 0, 0, 0, 0],
    [0, 0, 0, 180, 12_436.9],
    [10, 10, 11, 10, 69.1],
    [40.7, -74, 34.05, -118.25, 2_447.7],
  ])('from %d, %d to %d, %d is %d miles', (latitude, longitude, toLatitude, toLongitude, miles) => {
    const from = { latitude, longitude }
    const to = { latitude: toLatitude, longitude: toLongitude }
    expect(toDistanceMiles(from, to)).toBeCloseTo(miles, -1)
    expect(toDistanceMiles(to, from)).toBe(toDistanceMiles(from, to))
  })

  it('needs both coordinates, of which either may be zero', () => {
    expect(toCoordinates({ latitude: 0, longitude: null })).toBeNull()
    expect(toCoordinates({ latitude: 0, longitude: 0 })).toEqual({ latitude: 0, longitude: 0 })
  })
})

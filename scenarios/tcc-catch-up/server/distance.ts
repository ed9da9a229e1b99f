/** A place on earth in degrees. */
export interface Coordinates {
  readonly latitude: number
  readonly longitude: number
}

const earthRadiusMiles = 3958.8

/** Miles between two places along the great circle, to a tenth of a mile. */
export function toDistanceMiles(from: Coordinates, to: Coordinates): number {
  const [a, b] = [toRadians(from.latitude), toRadians(to.latitude)]
  const halfLatitude = Math.sin((b - a) / 2)
  const halfLongitude = Math.sin(toRadians(to.longitude - from.longitude) / 2)
  const h = halfLatitude ** 2 + Math.cos(a) * Math.cos(b) * halfLongitude ** 2
  return Math.round(20 * earthRadiusMiles * Math.asin(Math.min(1, Math.sqrt(h)))) / 10
}

/** The place that a row names; null when it names none. */
export function toCoordinates(row: {
  readonly latitude: number | null
  readonly longitude: number | null
}): Coordinates | null {
  const { latitude, longitude } = row
  return latitude === null || longitude === null ? null : { latitude, longitude }
}

function toRadians(degrees: number): number {
  return (degrees * Math.PI) / 180
}

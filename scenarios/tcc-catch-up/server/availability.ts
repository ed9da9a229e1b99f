/** Which levels of care an agency can send now. */
export interface Availability {
  readonly isAvailable: boolean
  readonly availableLevels: readonly string[]
}

/** The availability that `ems_agencies.availabilityStatus` holds. The column takes any JSON: what is no answer counts as no. */
export function toAvailability(stored: unknown): Availability {
  const { isAvailable, availableLevels } = (stored ?? {}) as Readonly<Record<string, unknown>>
  return {
    isAvailable: isAvailable === true,
    availableLevels: Array.isArray(availableLevels)
      ? availableLevels.filter((level): level is string => typeof level === 'string')
      : [],
  }
}

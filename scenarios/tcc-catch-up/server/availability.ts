/** The levels of care that an agency can send now. */
export interface Availability {
  readonly isAvailable: boolean
  readonly availableLevels: readonly string[]
}

/** Parses `ems_agencies.availabilityStatus`. The column takes any JSON; anything that is no answer counts as no. */
export function toAvailability(stored: unknown): Availability {
  const { isAvailable, availableLevels } = (stored ?? {}) as Readonly<Record<string, unknown>>
  return {
    isAvailable: isAvailable === true,
    availableLevels: Array.isArray(availableLevels)
      ? availableLevels.filter((level): level is string => typeof level === 'string')
      : [],
  }
}

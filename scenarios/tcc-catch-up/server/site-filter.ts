/** How a list of hospitals or facilities can be narrowed. */
export interface SiteQuery {
  readonly search?: string
  readonly city?: string
  readonly state?: string
  readonly type?: string
  readonly region?: string
  readonly isActive?: boolean
}

/** The condition on hospitals or facilities for the query of a list. */
export function toSiteFilter({ search, city, state, type, region, isActive }: SiteQuery) {
  return {
    ...(search !== undefined && { name: { contains: search, mode: 'insensitive' as const } }),
    ...(city !== undefined && { city }),
    ...(state !== undefined && { state }),
    ...(type !== undefined && { type }),
    ...(region !== undefined && { region }),
    ...(isActive !== undefined && { isActive }),
  }
}

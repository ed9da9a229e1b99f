import type { ConstraintModel, Deferral } from '../model/schema-model.ts'

/** When the constraint is checked, for one that may wait; null when it may not, or when there is none. */
export function toDeferral(constraint: ConstraintModel | undefined): Deferral | null {
  if (!constraint?.deferrable) return null
  return constraint.initiallyDeferred ? 'initially-deferred' : 'initially-immediate'
}

/** `NOT DEFERRABLE`, `DEFERRABLE INITIALLY DEFERRED`. */
export function describeDeferral(deferral: Deferral | null): string {
  return deferral === null ? 'NOT DEFERRABLE' : `DEFERRABLE ${deferral.toUpperCase().replace('-', ' ')}`
}

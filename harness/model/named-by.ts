import type { Phase } from './scenario.ts'

/** Every migration that a phase speaks of: those it applies, those it counts on, and those it has recorded as applied. */
export function namedBy({ migrations, recorded = [], resolve = {} }: Phase): readonly string[] {
  return [...migrations, ...recorded, ...(resolve.applied ?? [])]
}

import type { PhaseEvidence } from '../model/checkpoint.ts'
import type { Migration } from '../model/history.ts'

/** The migrations that a phase applied; what production's history held already is none of its doing. */
export function appliedOf({
  migrations,
  replay,
}: Pick<PhaseEvidence, 'migrations' | 'replay'>): readonly Migration[] {
  return migrations.filter(({ name }) => replay.applied.includes(name))
}

import type { Expectation } from '../model/expectation.ts'
import type { Phase } from '../model/scenario.ts'

/** All that must hold after a phase: what it implies first, then what it states. */
export function expectationsOf(phase: Phase): readonly Expectation[] {
  const drops = phase.drops ?? []
  return [
    { kind: 'migrations-applied', applied: phase.migrations },
    ...(phase.recorded ?? []).map((migration) => ({ kind: 'migration-recorded' as const, migration })),
    { kind: 'rows-kept', except: drops },
    { kind: 'nothing-dropped', except: drops },
    { kind: 'nothing-else-changed', changes: [...phase.changes, ...drops] },
    ...phase.expect,
  ]
}

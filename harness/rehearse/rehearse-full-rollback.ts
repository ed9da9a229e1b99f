import type { FullRollbackRehearsal, FullRollbackStep } from '../model/rehearsal.ts'
import { runScript } from './run-script.ts'

/** The rollback of one phase among those that are run one after another. */
interface Undoing {
  readonly phase: number
  readonly file: string
  readonly sql: string
  /** Where the database is not what it was before that phase, in sentences; null: it is not compared there. */
  readonly compare: (() => Promise<readonly string[]>) | null
}

/**
 * Runs rollbacks one after another on a clone of the state after the last of their phases, up to the first that stops.
 * @param undoings of the last phase first
 * @throws postgres-lost
 */
export async function rehearseFullRollback(
  connectionString: string,
  undoings: readonly Undoing[],
): Promise<FullRollbackRehearsal> {
  const steps: FullRollbackStep[] = []
  let durationMs = 0
  for (const { phase, file, sql, compare } of undoings) {
    const startedAt = performance.now()
    const { stop } = await runScript(connectionString, sql)
    durationMs += performance.now() - startedAt
    steps.push({ phase, file, stop, differences: stop || !compare ? null : await compare() })
    if (stop) break
  }
  return { steps, durationMs: Math.round(durationMs) }
}

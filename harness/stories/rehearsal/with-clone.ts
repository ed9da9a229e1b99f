import { observeContent } from '../../inspect/content/observe-content.ts'
import { inspectDatabase } from '../../inspect/inspect-database.ts'
import { stateDifferences } from '../../judge/rehearsal/state-differences.ts'
import type { Checkpoint } from '../../model/checkpoint.ts'
import type { MigrationFailure } from '../../model/history.ts'
import type { RehearsedDatabase } from '../../model/ports.ts'
import type { PhaseContext } from '../replay-phase-of.ts'
import type { RehearsedPhase } from './experiment.ts'

/** Runs an experiment on a clone of the state before or after its phase, as the role that applies migrations. */
export function withClone<T>(
  context: PhaseContext,
  rehearsed: RehearsedPhase,
  state: 'before' | 'after',
  use: (database: RehearsedDatabase) => Promise<T>,
): Promise<T> {
  const { checkpoints, server, roles } = context
  return checkpoints.withScratch(rehearsed.evidence[state].database, (url, name) => {
    const connectionString = server.connectionString(name, roles.by?.migrator)
    return use({
      connectionString,
      deploy: () => deploy(context, rehearsed, connectionString),
      compareWith: (other) => compare(context, url, rehearsed.evidence[other], other),
    })
  })
}

async function deploy(
  { tool }: PhaseContext,
  { phase, staged }: RehearsedPhase,
  connectionString: string,
): Promise<MigrationFailure | null> {
  const { applied = [], rolledBack = [] } = phase.resolve ?? {}
  if (applied.length + rolledBack.length > 0) {
    const refused = await tool.resolve({ connectionString, migrations: staged, applied, rolledBack })
    if (refused) return refused
  }
  const outcome = await tool.apply({ connectionString, migrations: staged, expectedNew: phase.migrations })
  return outcome.failure
}

/** The rows after a second deploy are only counted: a default such as now() gives others. */
async function compare(
  { tool, checkpoints }: PhaseContext,
  url: string,
  expected: Checkpoint,
  state: 'before' | 'after',
): Promise<readonly string[]> {
  if (state === 'after') return stateDifferences(expected, await inspectDatabase(url, tool), null)
  const observing = observeContent(url, tool.historyTable, {
    tables: expected.content.tables,
    open: (use) => checkpoints.withScratch(expected.database, use),
  })
  const [found, { changes }] = await Promise.all([inspectDatabase(url, tool), observing])
  return stateDifferences(expected, found, changes)
}

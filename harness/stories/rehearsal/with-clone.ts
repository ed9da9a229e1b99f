import { observeContent } from '../../inspect/content/observe-content.ts'
import { inspectDatabase } from '../../inspect/inspect-database.ts'
import { stateDifferences } from '../../judge/rehearsal/state-differences.ts'
import type { Checkpoint } from '../../model/checkpoint.ts'
import type { HistoryRow } from '../../model/history.ts'
import type { RehearsedDatabase } from '../../model/ports.ts'
import type { PhaseContext } from '../replay-phase-of.ts'
import { deploy } from './deploy.ts'
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
      deploy: (options) => deploy(context.tool, rehearsed, connectionString, options),
      deployAgain: (options) =>
        context.tool.apply({
          connectionString,
          migrations: rehearsed.staged,
          expectedNew: rehearsed.phase.migrations,
          ...options,
        }),
      resolve: (how, name) =>
        context.tool.resolve({
          connectionString,
          migrations: rehearsed.staged,
          applied: how === 'applied' ? [name] : [],
          rolledBack: how === 'rolled-back' ? [name] : [],
        }),
      compareWith: (other, what) =>
        compare(context, url, rehearsed.evidence[other], other === 'before' || what === 'values'),
    })
  })
}

/** Where a clone that was changed and changed back is not what a checkpoint is, in sentences. */
export function compareAgain(
  context: PhaseContext,
  url: string,
  expected: Checkpoint,
): Promise<readonly string[]> {
  return compare(context, url, expected, true)
}

/** The rows after a deploy that ran again are only counted: a default such as now() gives others. */
async function compare(
  { tool, checkpoints }: PhaseContext,
  url: string,
  expected: Checkpoint,
  hasValues: boolean,
): Promise<readonly string[]> {
  const observing =
    hasValues &&
    observeContent(url, tool.historyTable, {
      tables: expected.content.tables,
      open: (use) => checkpoints.withScratch(expected.database, use),
    })
  const [found, content] = await Promise.all([inspectDatabase(url, tool), observing])
  const history = withoutAttempts(found.history, expected.history)
  return stateDifferences(expected, { ...found, history }, content ? content.changes : null)
}

/** Without what attempts left that were rolled back and followed by one that finished. */
function withoutAttempts(found: readonly HistoryRow[], expected: readonly HistoryRow[]): HistoryRow[] {
  return found.filter(({ name, rolledBackAt }) => {
    const wasThere = expected.some((row) => row.name === name && row.rolledBackAt !== null)
    const isFollowed = found.some(
      (row) => row.name === name && row.rolledBackAt === null && row.finishedAt !== null,
    )
    return rolledBackAt === null || wasThere || !isFollowed
  })
}

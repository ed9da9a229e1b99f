import { observeContent } from '../../inspect/content/observe-content.ts'
import { inspectDatabase } from '../../inspect/inspect-database.ts'
import { stateDifferences } from '../../judge/rehearsal/state-differences.ts'
import type { Checkpoint } from '../../model/checkpoint.ts'
import type { HistoryRow, MigrationFailure, ReplayOutcome } from '../../model/history.ts'
import type { DeployOptions, RehearsedDatabase } from '../../model/ports.ts'
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
      deploy: (options) => deployPhase(context, rehearsed, connectionString, options),
      deployAgain: (options) => deploy(context, rehearsed, connectionString, options),
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

type Deployable = Pick<RehearsedPhase, 'phase' | 'staged'>

/** Applies a phase with the tool, as production would, and what the phase has it resolve; null when all of it ran. */
export async function deployPhase(
  context: PhaseContext,
  phase: Deployable,
  connectionString: string,
  options: DeployOptions = {},
): Promise<MigrationFailure | null> {
  const refused = await resolveFirst(context, phase, connectionString)
  return refused ?? (await deploy(context, phase, connectionString, options)).failure
}

async function resolveFirst(
  { tool }: PhaseContext,
  { phase, staged }: Deployable,
  connectionString: string,
): Promise<MigrationFailure | null> {
  const { applied = [], rolledBack = [] } = phase.resolve ?? {}
  if (applied.length + rolledBack.length === 0) return null
  return tool.resolve({ connectionString, migrations: staged, applied, rolledBack })
}

function deploy(
  { tool }: PhaseContext,
  { phase, staged }: Deployable,
  connectionString: string,
  options: DeployOptions = {},
): Promise<ReplayOutcome> {
  return tool.apply({ connectionString, migrations: staged, expectedNew: phase.migrations, ...options })
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

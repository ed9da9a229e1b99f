import { listObjectsCreated } from '../ground/sql/list-objects-created.ts'
import { withDatabase } from '../inspect/with-database.ts'
import type { FurtherFailure } from '../model/checkpoint.ts'
import type { Migration, MigrationFailure } from '../model/history.ts'
import type { MigrationTool } from '../model/tool.ts'
import type { Checkpoints } from './checkpoints.ts'
import { findMissing } from './explain-missing.ts'

/** What trying the rest of a phase needs. */
interface Trying {
  readonly tool: MigrationTool
  readonly checkpoints: Checkpoints
  /** What a deploy of the phase has in its folder. */
  readonly staged: readonly Migration[]
  /** The state that the failure left. */
  readonly database: string
}

/**
 * Tries the migrations behind one that failed, on a clone of what it left: each failure is passed over and the next one tried, so that
 * a person learns of all of them at once.
 */
export async function tryOthers(first: MigrationFailure, trying: Trying): Promise<readonly FurtherFailure[]> {
  const { tool, checkpoints, staged, database } = trying
  await checkpoints.sealFailed(database)
  return checkpoints.withScratch(database, async (connectionString) => {
    const failed = [first]
    const further: FurtherFailure[] = []
    for (let last: MigrationFailure | null = first; last !== null; ) {
      const { migration } = last
      // A history that the tool refuses as a whole, or a failure that cannot be passed over, leaves nothing to try.
      if (!staged.some(({ name }) => name === migration)) break
      await withDatabase(connectionString, (client) => tool.passOver(client, migration))
      const { failure } = await tool.apply({ connectionString, migrations: staged, expectedNew: [] })
      if (failure === null || failed.some((entry) => entry.migration === failure.migration)) break
      further.push({ failure, missing: await findCreator(failure, failed, staged) })
      failed.push(failure)
      last = failure
    }
    return further
  })
}

/** The failed migration that creates what this failure missed. */
async function findCreator(
  failure: MigrationFailure,
  failed: readonly MigrationFailure[],
  staged: readonly Migration[],
): Promise<FurtherFailure['missing']> {
  for (const { name, sql } of staged.filter((entry) =>
    failed.some(({ migration }) => migration === entry.name),
  )) {
    const object = findMissing(failure, await listObjectsCreated(sql))
    if (object !== null) return { object, migration: name }
  }
  return null
}

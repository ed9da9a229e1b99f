import { observeContent } from '../../inspect/content/observe-content.ts'
import { inspectDatabase } from '../../inspect/inspect-database.ts'
import { restoredDifferences } from '../../judge/rehearsal/state-differences.ts'
import type { Checkpoint } from '../../model/checkpoint.ts'
import type { MigrationHistory } from '../../model/tool.ts'
import type { PhaseContext } from '../replay-phase-of.ts'

/** Where a restored database is not what its backup was taken of, in sentences. Everything in it is made anew, so names tell what is what. */
export async function compareRestored(
  { tool, checkpoints }: Pick<PhaseContext, 'checkpoints'> & { readonly tool: MigrationHistory },
  url: string,
  expected: Checkpoint,
): Promise<readonly string[]> {
  // No table of the restored database has such an identity.
  const tables = expected.content.tables.map((table) => ({ ...table, oid: `backed up ${table.oid}` }))
  const observing = observeContent(url, tool.historyTable, {
    tables,
    open: (use) => checkpoints.withScratch(expected.database, use),
  })
  const [found, { changes }] = await Promise.all([inspectDatabase(url, tool), observing])
  return restoredDifferences(expected, found, changes)
}

import { join } from 'node:path'
import { endingSignals } from '../harness/ground/signals.ts'
import { withTemporaryFolder } from '../harness/ground/temporary-folder.ts'
import { silentProgress } from '../harness/model/ports.ts'
import { withPostgres } from '../harness/postgres/start-postgres.ts'
import { importScenario } from './import-scenario.ts'
import { openJudge } from './judge-mutants.ts'
import type { Fate, Mutant } from './mutant.ts'
import { overlayProject } from './project-overlay.ts'

// A process of its own with a server of its own: lanes share nothing but the processor. It ends when its parent hangs up.
const [root = '', name = ''] = process.argv.slice(2)
// A signal reaches the whole group: the parent hears it and hangs up, and then server and folder go in order.
for (const name of endingSignals) process.on(name, () => {})
const parentIsGone = new Promise<void>((resolve) => process.once('disconnect', resolve))

/** What a worker answers: the fate of one mutant, or why it could not be judged at all. */
export type Answer = { readonly id: string; readonly durationMs: number } & (
  | { readonly fate: Fate }
  | { readonly error: string }
)

await withTemporaryFolder(
  'mutate',
  async (folder) => {
    const scenario = await importScenario(root, name)
    const project = join(folder, 'project')
    overlayProject(root, project, scenario.migrations)
    const cacheFolder = join(folder, 'cache')
    await withPostgres('embedded', { cacheFolder, progress: silentProgress }, async (server) => {
      const { judge } = openJudge({ scenario, project, cacheFolder, server })
      // One at a time: a mutant lies in the one folder of migrations.
      let queue: Promise<void> = Promise.resolve()
      process.on('message', (mutant: Mutant) => {
        queue = queue.then(async () => {
          const began = performance.now()
          const answer = await judge(mutant).then(
            (fate) => ({ fate }),
            (error: unknown) => ({
              error: error instanceof Error ? (error.stack ?? error.message) : String(error),
            }),
          )
          if (process.connected)
            process.send?.({ id: mutant.id, durationMs: performance.now() - began, ...answer })
        })
      })
      process.send?.('ready')
      await parentIsGone
    })
  },
  // The server's own account must reach its files.
  0o755,
)

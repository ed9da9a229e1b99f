import type { PostgresChoice, Progress, RunningPostgres } from '../model/ports.ts'
import { startPostgres } from '../postgres/start-postgres.ts'

interface Shared {
  readonly server: Promise<RunningPostgres>
  users: number
  keepRunning: boolean
}

// Each Vitest project loads its set-up into a module graph of its own; the process is what they share.
const registry = globalThis as typeof globalThis & { phaseproofPostgres?: Shared | undefined }

/** One server for all set-ups of this process: started by the first that asks, stopped when the last lets go. */
export async function acquirePostgres(
  choice: PostgresChoice,
  options: { readonly cacheFolder: string; readonly progress: Progress },
): Promise<RunningPostgres> {
  registry.phaseproofPostgres ??= { server: startPostgres(choice, options), users: 0, keepRunning: false }
  const shared = registry.phaseproofPostgres
  shared.users += 1
  try {
    const server = await shared.server
    return { ...server, stop: () => release(shared) }
  } catch (error) {
    registry.phaseproofPostgres = undefined
    throw error
  }
}

/** Asks that the server, if it is a container, stays up for a person when the last set-up lets go. */
export function keepServerRunning(): void {
  if (registry.phaseproofPostgres) registry.phaseproofPostgres.keepRunning = true
}

/** Stops the server of this process, if there is one, whoever still uses it: the run was interrupted. */
export async function stopSharedPostgres(): Promise<void> {
  const shared = registry.phaseproofPostgres
  registry.phaseproofPostgres = undefined
  if (shared) await (await shared.server).stop()
}

async function release(shared: Shared): Promise<void> {
  shared.users -= 1
  if (shared.users > 0 || registry.phaseproofPostgres !== shared) return
  registry.phaseproofPostgres = undefined
  await (await shared.server).stop({ keepRunning: shared.keepRunning })
}

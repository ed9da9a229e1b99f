import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import type { Proof } from '../model/proof.ts'
import type { ScenarioRun } from '../model/run.ts'
import { openDatabases, toDatabaseUrl } from '../postgres/databases.ts'
import { findProvider } from '../postgres/providers.ts'
import { openCheckpoints } from '../stories/checkpoints.ts'
import { readRunOptions } from './run-options.ts'
import { keepServerRunning } from './shared-postgres.ts'
import './provided.ts'

/** A database that stays for a person, and the command that opens it. */
export interface KeptDatabase {
  readonly phase: number
  readonly database: string
  readonly open: string
}

/**
 * Keeps the databases of failed phases, unless the run keeps nothing, and tells how to open all that were kept. A server that
 * goes with the run keeps nothing; a container is left running.
 */
export async function keepDatabases(
  project: TestProject,
  run: ScenarioRun,
  proof: Proof,
): Promise<KeptDatabase[]> {
  const address = project.getProvidedContext().postgresAddress
  const { canStay } = findProvider(address.provider)
  const kept = [...run.kept]
  if (!(address.persistent || canStay) || readRunOptions().keep === 'nothing') return []

  const failed = proof.phases.filter(({ outcome }) => outcome === 'failed').map(({ phase }) => phase)
  const missing = failed.filter((phase) => !kept.some((entry) => entry.phase === phase))
  if (missing.length > 0) {
    const server = await openDatabases(address)
    try {
      const checkpoints = openCheckpoints(
        server,
        run.scenario,
        join(project.vitest.config.root, '.phaseproof'),
      )
      for (const phase of missing) {
        const after = run.phases.find((entry) => entry.phase === phase)?.after
        if (after) kept.push({ phase, database: await checkpoints.keep(after.database, true, phase) })
      }
    } finally {
      await server.close()
    }
  }
  if (kept.length > 0 && canStay) keepServerRunning()
  return kept.map((entry) => ({
    ...entry,
    open: address.persistent
      ? `pnpm phaseproof open ${entry.database}`
      : `psql '${toDatabaseUrl(address.url, entry.database)}'`,
  }))
}

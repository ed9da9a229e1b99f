import type { PostgresServer, ServerAddress } from '../model/ports.ts'
import type { Proof } from '../model/proof.ts'
import type { ScenarioRun } from '../model/run.ts'
import { toDatabaseUrl } from '../postgres/databases.ts'
import { findProvider } from '../postgres/providers.ts'
import { openCheckpoints } from './checkpoints.ts'
import type { ReplayPlace } from './replay-scenario.ts'
import { toOwnCommand } from './to-own-command.ts'

/** A database that stays for a person, and the command that opens it. */
export interface KeptDatabase {
  readonly phase: number
  readonly database: string
  readonly open: string
}

/** Where a proof is made: on a server that can be named to a person, and with a folder that proofs are written to. */
export interface ProvePlace extends ReplayPlace {
  readonly server: PostgresServer & { readonly address: ServerAddress }
  readonly reportsFolder: string
}

/**
 * Keeps the databases of phases with findings, unless the run keeps nothing, and tells how to open all that were kept. Nothing
 * is kept on a server that goes with the run; a container can be left running, which the caller does.
 */
export async function keepDatabases(
  keep: 'nothing' | 'failed' | 'all',
  { server, cacheFolder, projectRoot }: ProvePlace,
  run: ScenarioRun,
  proof: Proof,
): Promise<KeptDatabase[]> {
  const { address } = server
  const lasting = address.persistent || findProvider(address.provider).canStay
  if (!lasting || keep === 'nothing') return []

  const kept = [...run.kept]
  const failed = proof.phases.filter(({ outcome }) => outcome === 'failed').map(({ phase }) => phase)
  const checkpoints = openCheckpoints(server, run.scenario, cacheFolder)
  for (const phase of failed.filter((id) => !kept.some((entry) => entry.phase === id))) {
    const after = run.phases.find((entry) => entry.phase === phase)?.after
    if (after) kept.push({ phase, database: await checkpoints.keep(after.database, true, phase) })
  }
  return kept.map((entry) => ({
    ...entry,
    open: address.persistent
      ? `${toOwnCommand(projectRoot)} open ${entry.database}`
      : `psql '${toDatabaseUrl(address.url, entry.database)}'`,
  }))
}

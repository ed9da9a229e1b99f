import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { toSha256 } from '../ground/file-digest.ts'
import { isWithin, readFolderDigest } from '../ground/folder-digest.ts'
import { toSnapshotIdentity } from '../ground/snapshot-format/snapshot-identity.ts'
import { expectationsOf } from '../judge/expectations-of.ts'
import type { Migration } from '../model/history.ts'
import { namedBy } from '../model/named-by.ts'
import type { PostgresServer } from '../model/ports.ts'
import type { ProofAbout } from '../model/proof.ts'
import type { EarlierServer, Scenario, ServerSpec } from '../model/scenario.ts'
import type { Snapshot } from '../model/snapshot.ts'
import type { MigrationTool } from '../model/tool.ts'
import type { ScaledRows } from '../snapshot/scale/to-scaled-rows.ts'
import { waiverFile } from './gate/read-waivers.ts'
import { harnessDigest } from './harness-digest.ts'
import { listContracts } from './list-contracts.ts'
import { promiseFile } from './promise-file.ts'

/** Digests of everything a proof of phases 1..`upTo` depends on. */
export async function describeAbout(subject: {
  readonly scenario: Scenario
  readonly upTo: number
  readonly tool: Pick<MigrationTool, 'rules'>
  readonly snapshot: Snapshot | null
  readonly scaled: ScaledRows | null
  readonly migrations: readonly Migration[]
  readonly server: Pick<PostgresServer, 'version'>
  readonly projectRoot: string
}): Promise<ProofAbout> {
  const { scenario, upTo, tool, snapshot, scaled, migrations, server, projectRoot } = subject
  const folder = join(projectRoot, 'scenarios', scenario.name)
  const phases = scenario.phases.slice(0, upTo)
  const named = new Set(phases.flatMap(namedBy))
  const expectations = phases.map((phase) => ({
    id: phase.id,
    name: phase.name,
    expect: expectationsOf(phase, scenario),
  }))
  // Contracts may speak of the database alone, without a server.
  const hasContracts =
    scenario.server !== undefined ||
    phases.some(({ name }) => listContracts(projectRoot, scenario.name, name).length > 0)
  const earlier = Object.entries(scenario.earlierServers ?? {})
  const digests = earlier.map(async ([name, one]) => [name, await readEarlierDigest(one, folder)])
  return {
    snapshot: snapshot && { name: snapshot.manifest.name, digest: toSnapshotIdentity(snapshot.manifest) },
    migrations: Object.fromEntries(
      migrations.filter(({ name }) => named.has(name)).map(({ name, checksum }) => [name, checksum]),
    ),
    expectations: toSha256(JSON.stringify(expectations)),
    postgres: server.version.text,
    tool: tool.rules,
    harness: harnessDigest(),
    server: scenario.server ? await readServerDigest(scenario.server, folder) : null,
    ...(earlier.length > 0 ? { earlierServers: Object.fromEntries(await Promise.all(digests)) } : {}),
    scaled,
    contract: hasContracts ? await readContractDigest(scenario, upTo, folder) : null,
  }
}

/** Digest of the folder that a module lies in; of a command or URL only of how it is called, for what runs there can't be read. */
async function readServerDigest(server: ServerSpec, folder: string): Promise<string> {
  if ('module' in server) return readFolderDigest(dirname(join(folder, server.module)))
  return toSha256(JSON.stringify(server))
}

/** Digest of an earlier server and of what is asked of it. */
async function readEarlierDigest({ server, ...asked }: EarlierServer, folder: string): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(asked))
  return hash.update(await readServerDigest(server, folder)).digest('hex')
}

/**
 * Digest of what the contracts of phases 1..`upTo` can reach: the scenario's whole folder but for the servers' modules, which have
 * digests of their own, the rooms of later phases, `scenario.ts`, whose data have theirs, what earlier proofs promised, and waivers.
 */
async function readContractDigest(scenario: Scenario, upTo: number, folder: string): Promise<string> {
  const { server, earlierServers = {}, contract, phases } = scenario
  const later = phases.filter(({ id }) => id > upTo).map(({ name }) => join(folder, 'phases', name))
  const servers = [...(server ? [server] : []), ...Object.values(earlierServers).map((one) => one.server)]
  const modules = servers.flatMap((one) => ('module' in one ? [dirname(join(folder, one.module))] : []))
  const left = [
    ...later,
    ...modules,
    join(folder, 'scenario.ts'),
    join(folder, promiseFile),
    join(folder, waiverFile),
  ]
  const outside = [contract?.document, contract?.sweep]
    .flatMap((file) => (file === undefined ? [] : [join(folder, file)]))
    .filter((file) => !isWithin(file, folder))
  const hash = createHash('sha256').update(JSON.stringify(contract ?? null))
  for (const file of outside) hash.update('\0').update(await readFile(file))
  return hash.update(await readFolderDigest(folder, left)).digest('hex')
}

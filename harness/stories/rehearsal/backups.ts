import { existsSync, readFileSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { findPrograms, nearestOf, runHere, toHostOf } from '../../ground/client-programs.ts'
import { toSha256 } from '../../ground/file-digest.ts'
import { makeTemporaryFolder, type TemporaryFolder } from '../../ground/temporary-folder.ts'
import type { Checkpoint } from '../../model/checkpoint.ts'
import { type ClientImage, ProgramFailed } from '../../model/ports.ts'
import { openClientContainer } from '../../postgres/container/client-container.ts'
import { type BackupMeans, toClientMeans, toCommandMeans } from '../../rehearse/backup-means.ts'
import { type Backup, backUp } from '../../rehearse/rehearse-restore.ts'
import type { PhaseContext } from '../replay-phase-of.ts'

/** A backup, and the name of the database that it was taken of. */
type NamedBackup = Backup & { readonly database: string }

/** The backups of a run: made when they are asked for, in a folder that goes with the run. */
export interface Backups {
  /** What the scenario says of its means, commands and their files, as a digest. */
  readonly digest: string
  /** By what backups are made, or why by nothing, as part of a sentence. */
  findMeans(): Promise<BackupMeans | string>
  /** The backup of a state; those of a run are made once. */
  of(checkpoint: Checkpoint): Promise<NamedBackup>
  /** Removes folder and container. It is safe on every path. */
  close(): Promise<void>
}

/** Opens the backups of a run; nothing is started before somebody asks. */
export function openBackups({ scenario, server, checkpoints, projectRoot }: PhaseContext): Backups {
  const made = new Map<string, Promise<NamedBackup>>()
  let folder: TemporaryFolder | null = null
  let image: ClientImage | null = null
  let finding: Promise<BackupMeans | string> | null = null
  const room = () => {
    folder ??= makeTemporaryFolder('backups')
    return folder.path
  }
  const scenarioFolder = join(projectRoot, 'scenarios', scenario.name)

  async function find(): Promise<BackupMeans | string> {
    if (scenario.backup) return toCommandMeans(scenario.backup, scenarioFolder)
    const { major } = server.version
    const [dumps, restores] = await Promise.all([findPrograms('pg_dump'), findPrograms('pg_restore')])
    const dump = nearestOf(dumps, major)
    const restore = restores.find(({ version }) => version === dump?.version)
    if (dump && restore) {
      const paths: Readonly<Record<string, string>> = { pg_dump: dump.path, pg_restore: restore.path }
      return toClientMeans(`pg_dump ${dump.version}`, ([program = '', ...args], environment, secrets) =>
        runHere(
          [paths[program] ?? program, ...args],
          environment,
          secrets,
          (said) => new ProgramFailed(said),
        ),
      )
    }
    return findInImage(
      major,
      dumps.length === 0
        ? 'this machine has none'
        : `this machine has ${[...new Set(dumps.map(({ version }) => version))].join(', ')}`,
    )
  }

  async function findInImage(major: number, here: string): Promise<BackupMeans | string> {
    const host = toHostOf(server.connectionString('phaseproof_any'))
    const opened = await openClientContainer([room(), ...(isAbsolute(host) ? [host] : [])])
    const lift = `Install the client of PostgreSQL ${major}, start a Docker engine that has its image, or let the scenario name its own commands under backup`
    const reason = `it needs pg_dump and pg_restore of PostgreSQL ${major} or newer; ${here}, and`
    if (typeof opened === 'string') return `${reason} ${opened}. ${lift}`
    image = opened
    const parts: Buffer[] = []
    for await (const part of opened.run(['pg_dump', '--version'])) parts.push(part)
    const version = /(\d+)(\.\d+)?/.exec(Buffer.concat(parts).toString('utf8'))?.[0] ?? '0'
    if (Number.parseInt(version, 10) < major) return `${reason} ${opened.image} has ${version}. ${lift}`
    return toClientMeans(`pg_dump ${version} of ${opened.image}`, opened.run, opened.toHost)
  }

  const findMeans = () => {
    finding ??= find()
    return finding
  }

  return {
    digest: toSha256(
      JSON.stringify(Object.values(scenario.backup ?? {}).map((command) => command.map(toContent))),
    ),
    findMeans,
    of({ key, database: template }) {
      const make = async (): Promise<NamedBackup> => {
        const means = await findMeans()
        if (typeof means === 'string') throw new Error(`a backup was asked for although ${means}`)
        return checkpoints.withScratch(template, async (url, database) => ({
          ...(await backUp(means, url, join(room(), key.slice(0, 32)))),
          database,
        }))
      }
      const backup = made.get(key) ?? make()
      made.set(key, backup)
      return backup
    },
    async close() {
      await image?.close()
      folder?.remove()
    },
  }

  /** An argument of a command; that of a file is what the file holds. */
  function toContent(argument: string): string {
    const path = join(scenarioFolder, argument)
    return !isAbsolute(argument) && argument !== '' && existsSync(path)
      ? `${argument} ${toSha256(readFileSync(path, 'utf8'))}`
      : argument
  }
}

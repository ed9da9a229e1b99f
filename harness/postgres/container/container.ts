import { randomBytes } from 'node:crypto'
import { redact } from '../../ground/redact.ts'
import { toMessage } from '../../ground/to-message.ts'
import { HarnessError } from '../../model/error.ts'
import type { RunningPostgres } from '../../model/ports.ts'
import { openDatabases } from '../databases.ts'
import type { ProviderOptions } from '../provider.ts'
import { serverSettings, superuser, toServerArguments } from '../settings.ts'
import { unavailable } from '../unavailable.ts'
import {
  keepContainer,
  removeContainer,
  removeLabelled,
  stopWithUs,
  sweepContainers,
  toLabels,
} from './container-lifetime.ts'
import { within } from './within.ts'

/** The image of the Postgres that production runs. An option or PHASEPROOF_POSTGRES_IMAGE can name another. */
export const defaultImage = 'postgres:17-alpine'

const startTimeoutMs = 60_000
const fetchTimeoutMs = 300_000
const dataFolder = '/var/lib/postgresql/data'

/**
 * Starts Postgres in a container through Testcontainers, with its data in memory, and removes containers of dead runs
 * of this host first. The server stops with this process, however it ends.
 * @throws postgres-unavailable
 */
export async function startContainer(options: ProviderOptions): Promise<RunningPostgres> {
  const image = options.image ?? (options.env.PHASEPROOF_POSTGRES_IMAGE || defaultImage)
  try {
    return await startImage(image, options)
  } catch (error) {
    if (error instanceof HarnessError) throw error
    throw toUnavailable(image, error)
  }
}

async function startImage(image: string, options: ProviderOptions): Promise<RunningPostgres> {
  // Loaded here because it costs half a second, which runs on the embedded server need not pay.
  const { getContainerRuntimeClient, ImageName } = await import('testcontainers')
  const engine = await getContainerRuntimeClient()
  const docker = engine.container.dockerode
  await sweepContainers(docker, options.progress)
  if (!(await engine.image.exists(ImageName.fromString(image))))
    options.progress.step(`fetching the image ${image}, once`)

  const labels = toLabels()
  try {
    const started = await within(fetchTimeoutMs, (await describeContainer(image, labels)).start())
    const handle = docker.getContainer(started.getId())
    const lifetime = await stopWithUs(handle)
    return await openContainer(started.getConnectionUri(), image, options, async (keepRunning) => {
      if (keepRunning) return keepContainer(handle, lifetime)
      await removeContainer(handle, lifetime)
      return undefined
    })
  } catch (error) {
    await removeLabelled(docker, labels)
    throw error
  }
}

async function describeContainer(image: string, labels: Record<string, string>) {
  const { PostgreSqlContainer } = await import('@testcontainers/postgresql')
  return (
    new PostgreSqlContainer(image)
      .withDatabase('postgres')
      .withUsername(superuser)
      .withPassword(randomBytes(18).toString('base64url'))
      // Mounting over the image's volume also keeps Docker from making an anonymous one.
      .withTmpFs({ [dataFolder]: 'rw' })
      .withEnvironment({
        PGDATA: `${dataFolder}/cluster`,
        POSTGRES_INITDB_ARGS: '--encoding=UTF8 --locale=C.UTF-8 --data-checksums',
      })
      .withCommand(['postgres', ...toServerArguments(serverSettings)])
      .withLabels(labels)
      .withStartupTimeout(startTimeoutMs)
      // Its labels make every container of ours unlike any other, so nothing is reused; but a container for reuse is not
      // given to the clean-up container, which would also remove one that a person wants to look at.
      .withReuse()
  )
}

/** Starts the container. `end` removes it, or keeps it and returns its name. */
async function openContainer(
  url: string,
  image: string,
  { reason, progress }: ProviderOptions,
  end: (keepRunning: boolean) => Promise<string | undefined>,
): Promise<RunningPostgres> {
  const description = `${image} in a container${reason === undefined ? '' : ` (${reason})`}`
  const address = { provider: 'testcontainers', description, persistent: false, url, owner: '' } as const
  const { close, ...databases } = await openDatabases(address)
  let stopped: Promise<void> | undefined
  const stop = async (keepRunning: boolean) => {
    await close()
    const kept = await end(keepRunning)
    if (kept === undefined) return
    progress.step(`container kept: open it with psql "${url}", remove it with docker rm --force ${kept}`)
  }
  return { ...databases, stop: (how) => (stopped ??= stop(how?.keepRunning ?? false)) }
}

function toUnavailable(image: string, error: unknown) {
  const cause = redact(toMessage(error)).trim()
  return unavailable(
    'testcontainers',
    `start ${image} in a container`,
    cause.replace(/\.$/, ''),
    `Try "docker pull ${image}", or name an image that can be had with PHASEPROOF_POSTGRES_IMAGE.`,
    { cause: error },
  )
}

import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { RunningPostgres } from '../model/ports.ts'
import {
  keepContainer,
  removeContainer,
  stopWithUs,
  sweepContainers,
  toLabels,
} from './container-lifetime.ts'
import { openDatabases } from './databases.ts'
import type { ProviderOptions } from './provider.ts'
import { redactUrls } from './redact-url.ts'
import { serverSettings, toServerArguments } from './settings.ts'
import { unavailable } from './unavailable.ts'

/** The image of the Postgres that production runs, unless an option or PHASEPROOF_POSTGRES_IMAGE names another. */
export const defaultImage = 'postgres:17-alpine'

const startTimeoutMs = 60_000
const fetchTimeoutMs = 300_000
const dataFolder = '/var/lib/postgresql/data'

/**
 * Starts Postgres in a container through Testcontainers, its data in memory. Containers that dead runs of this host left
 * are removed first. Needs no clean-up container: the server stops with this process, whatever way it ends.
 * @throws postgres-unavailable when the image cannot be had or the server does not start in time
 */
export async function startContainer(options: ProviderOptions): Promise<RunningPostgres> {
  const image = options.image ?? (options.env.PHASEPROOF_POSTGRES_IMAGE || defaultImage)
  // Loaded here because it costs half a second, which runs on the embedded server need not pay.
  const [{ PostgreSqlContainer }, { getContainerRuntimeClient }] = await Promise.all([
    import('@testcontainers/postgresql'),
    import('testcontainers'),
  ])
  const attempted = `start ${image} in a container`
  const fail = (error: unknown) => toUnavailable(attempted, image, error)
  const { dockerode } = (await getContainerRuntimeClient().catch((e) => Promise.reject(fail(e)))).container
  await sweepContainers(dockerode, options.progress)

  const settings = { ...serverSettings, dynamic_shared_memory_type: 'mmap' }
  const container = new PostgreSqlContainer(image)
    .withDatabase('postgres')
    .withUsername('postgres')
    .withPassword(randomBytes(18).toString('base64url'))
    // Mounting over the image's volume also keeps Docker from making an anonymous one.
    .withTmpFs({ [dataFolder]: 'rw' })
    .withEnvironment({
      PGDATA: `${dataFolder}/cluster`,
      POSTGRES_INITDB_ARGS: '--encoding=UTF8 --locale=C.UTF-8 --data-checksums',
    })
    .withCommand(['postgres', ...toServerArguments(settings)])
    .withLabels(toLabels())
    .withStartupTimeout(startTimeoutMs)
    // Its own label makes every container of ours unlike any other, so nothing is reused; but a container for reuse is
    // not given to the clean-up container, which would also remove one that a person wants to look at.
    .withReuse()
  const known = await dockerode
    .getImage(image)
    .inspect()
    .then(
      () => true,
      () => false,
    )
  if (!known) options.progress.step(`fetching the image ${image}, once`)
  const started = await within(container.start(), fetchTimeoutMs).catch((error) =>
    Promise.reject(fail(error)),
  )

  const handle = dockerode.getContainer(started.getId())
  const url = started.getConnectionUri()
  try {
    const lifetime = await stopWithUs(handle)
    const databases = await openDatabases({
      ...{ provider: 'testcontainers', persistent: false, owner: '', url },
      description: `${image} in a container${options.reason ? ` (${options.reason})` : ''}`,
    })
    let stopped: Promise<void> | undefined
    const stop = async (keepRunning: boolean) => {
      await databases.close()
      if (!keepRunning) return removeContainer(handle, lifetime)
      const name = await keepContainer(handle, lifetime)
      options.progress.step(`container kept: open it with psql "${url}", remove it with docker rm -f ${name}`)
    }
    return { ...databases, stop: (how) => (stopped ??= stop(how?.keepRunning ?? false)) }
  } catch (error) {
    await handle.remove({ force: true, v: true }).catch(() => {})
    throw error
  }
}

async function within<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  const late = sleep(timeoutMs, undefined, { ref: false }).then(() => {
    throw new Error(`it did not start within ${timeoutMs / 1000} s`)
  })
  return Promise.race([work, late])
}

function toUnavailable(attempted: string, image: string, error: unknown) {
  const cause = redactUrls(error instanceof Error ? error.message || String(error) : String(error)).trim()
  return unavailable(
    'testcontainers',
    attempted,
    cause.replace(/\.$/, ''),
    `Try "docker pull ${image}", name an image that can be had with PHASEPROOF_POSTGRES_IMAGE, or pass --postgres embedded.`,
    { cause: error },
  )
}

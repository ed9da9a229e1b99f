import os from 'node:os'
import path from 'node:path'
import type { Duplex } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { type ClientImage, silentProgress } from '../../model/ports.ts'
import { defaultImage } from './container.ts'
import { type Docker, sweepContainers, toLabels } from './container-lifetime.ts'
import { pingDocker } from './docker-ping.ts'
import { runInContainer } from './run-in-container.ts'
import { within } from './within.ts'

const pingTimeoutMs = 1_000
const openTimeoutMs = 20_000

/**
 * Starts a container in which PostgreSQL's client programs can run, or says why there is none: no engine, no image
 * (none is fetched), or an engine that does not answer in time. It is removed with its volumes on every exit.
 */
export async function openClientContainer(
  files: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<ClientImage | string> {
  // The container reads a stream that we hold and ends with it, after `kill -9` too.
  const image = env.PHASEPROOF_POSTGRES_IMAGE || defaultImage
  if (!(await pingDocker(env, pingTimeoutMs))) return 'no Docker engine answered'
  const starting = startContainer(image, files)
  try {
    return await within(openTimeoutMs, starting)
  } catch (error) {
    // One that comes up after all is of no use any more.
    starting.then((late) => (typeof late === 'string' ? undefined : late.close())).catch(() => {})
    const why = error instanceof Error ? (error.message.split('\n')[0] as string) : String(error)
    return `${image} did not start in a container: ${why}`
  }
}

async function startContainer(image: string, files: readonly string[]): Promise<ClientImage | string> {
  // Loaded here because it costs half a second, which machines without an engine need not pay.
  const { getContainerRuntimeClient, ImageName } = await import('testcontainers')
  const engine = await getContainerRuntimeClient()
  const docker = engine.container.dockerode
  // With the registry that Testcontainers is told to take in place of Docker Hub, if any.
  const name = ImageName.fromString(image)
  if (!(await engine.image.exists(name)))
    return `the image ${name.string} is not on the Docker engine (docker pull ${name.string})`
  await sweepContainers(docker, silentProgress)
  const place = await findEngineHost(docker)
  const container = await docker.createContainer({
    Image: name.string,
    Entrypoint: ['cat'],
    Cmd: [],
    Labels: toLabels(),
    OpenStdin: true,
    StdinOnce: true,
    User: place.user,
    HostConfig: {
      AutoRemove: true,
      NetworkMode: place.isHere ? 'host' : 'bridge',
      ...(!place.isHere && { ExtraHosts: [`${GATEWAY}:host-gateway`] }),
      // What passes through must not be kept in the engine's log files.
      LogConfig: { Type: 'none', Config: {} },
      Mounts: files.map((file) => ({
        Type: 'bind' as const,
        Source: path.resolve(file),
        Target: path.resolve(file),
        ReadOnly: true,
      })),
    },
  })
  let lifetime: Duplex | undefined
  const close = async () => {
    // It may be about to remove itself, which is as good once it is done.
    const removed = container
      .remove({ force: true, v: true })
      .catch(() => container.wait({ condition: 'removed' }))
    await Promise.race([removed.catch(() => {}), sleep(openTimeoutMs, undefined, { ref: false })])
    lifetime?.destroy()
  }
  try {
    lifetime = (await container.attach({ stream: true, stdin: true, hijack: true })) as Duplex
    lifetime.on('error', () => {})
    ;(lifetime as unknown as { unref?: () => void }).unref?.()
    await container.start()
  } catch (error) {
    await close()
    throw error
  }
  return {
    image,
    toHost: (host) => (place.isHere || !isLoopback(host) ? host : GATEWAY),
    run: (command, environment = {}, secrets = {}) =>
      runInContainer(container, command, environment, secrets),
    close,
  }
}

/** Name of the engine's machine inside of containers, as Docker Desktop and newer engines give it. */
const GATEWAY = 'host.docker.internal'

interface EngineHost {
  /** True when a container in the host's network sees our network and sockets. */
  readonly isHere: boolean
  /** User inside the container, who can read our files and passes a local server's `peer` authentication. */
  readonly user: string
}

async function findEngineHost(docker: Docker): Promise<EngineHost> {
  const info = (await docker.info()) as { OperatingSystem?: string; SecurityOptions?: readonly string[] }
  const { socketPath } = docker.modem as { socketPath?: string }
  const isRootless = info.SecurityOptions?.some((option) => option.includes('rootless')) ?? false
  const isHere = os.platform() === 'linux' && !!socketPath && info.OperatingSystem !== 'Docker Desktop'
  // The root of a rootless engine is the account that runs it.
  const user = isHere && !isRootless ? `${process.getuid?.() ?? 0}:${process.getgid?.() ?? 0}` : '0:0'
  return { isHere: isHere && !isRootless, user }
}

function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d+){3}|::1)$/i.test(host)
}

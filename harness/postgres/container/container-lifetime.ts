import { randomBytes } from 'node:crypto'
import type { Duplex } from 'node:stream'
import type { ContainerRuntimeClient } from 'testcontainers'
import { parseOwner, toOwner } from '../../ground/owner.ts'
import { readLiveness, readOwnIdentity } from '../../ground/process-identity.ts'
import type { Progress } from '../../model/ports.ts'

/** The Docker engine, as Testcontainers found it. */
export type Docker = ContainerRuntimeClient['container']['dockerode']

/** One container. */
export type ContainerHandle = ReturnType<Docker['getContainer']>

const label = 'phaseproof'
const ownerLabel = 'phaseproof.owner'
const nonceLabel = 'phaseproof.nonce'
const keptPrefix = 'phaseproof-kept-'

/** Labels of a container of ours: its owner, and a nonce that makes it unique. */
export function toLabels(): Record<string, string> {
  return {
    [label]: 'server',
    [ownerLabel]: toOwner(readOwnIdentity()),
    [nonceLabel]: randomBytes(8).toString('hex'),
  }
}

/**
 * Ties a container's life to ours: a shell in it reads a stream that we hold, and stops the server when the stream
 * ends without a word because we died. Returns the stream.
 */
export async function stopWithUs(container: ContainerHandle): Promise<Duplex> {
  const watcher = await container.exec({
    Cmd: ['sh', '-c', 'read -r line || kill -INT 1'],
    AttachStdin: true,
    AttachStdout: true,
  })
  const stream = await watcher.start({ hijack: true, stdin: true })
  stream.on('error', () => {})
  stream.resume()
  const socket = stream as unknown as { unref?: () => void }
  socket.unref?.()
  return stream
}

/** Removes a container and its volumes at once. Its data is in memory, so no orderly stop is needed. */
export async function removeContainer(container: ContainerHandle, lifetime: Duplex): Promise<void> {
  // A container that is gone already is as good; one that cannot be removed is swept by the next run.
  await container.remove({ force: true, v: true }).catch(() => {})
  lifetime.destroy()
}

/** Lets a container outlive us, under a name that `sweepContainers` leaves alone. Returns the name. */
export async function keepContainer(container: ContainerHandle, lifetime: Duplex): Promise<string> {
  const name = `${keptPrefix}${container.id.slice(0, 12)}`
  // A name is for sweeping to pass over it; that a rename failed is no reason to stop it under a person's hands.
  await container.rename({ name }).catch(() => {})
  await new Promise<void>((resolve) => lifetime.end('keep\n', resolve))
  return name
}

/** Removes the container that was created with these labels, if any, after a start that failed half-way. */
export async function removeLabelled(docker: Docker, labels: Record<string, string>): Promise<void> {
  const filters = { label: [`${nonceLabel}=${labels[nonceLabel]}`] }
  const listed = await docker.listContainers({ all: true, filters }).catch(() => [])
  for (const { Id } of listed)
    await docker
      .getContainer(Id)
      .remove({ force: true, v: true })
      .catch(() => {})
}

/** A container as the engine lists it. */
interface ListedContainer {
  readonly Id: string
  readonly Names: readonly string[]
  readonly Labels: Readonly<Record<string, string>>
}

/** Tells whether a dead run of this host left the container behind and nobody asked to keep it. */
export function isAbandoned({ Names, Labels }: ListedContainer): boolean {
  if (Labels[label] !== 'server' || Names.some((name) => name.replace(/^\//, '').startsWith(keptPrefix)))
    return false
  const owner = parseOwner(Labels[ownerLabel] ?? '')
  return owner !== undefined && readLiveness(owner) === 'gone'
}

/** Removes the containers that dead runs of this host left behind. */
export async function sweepContainers(docker: Docker, progress: Progress): Promise<void> {
  const listed = await docker.listContainers({ all: true, filters: { label: [label] } })
  const abandoned = listed.filter(isAbandoned)
  if (abandoned.length === 0) return
  progress.step(`removing ${abandoned.length} containers that a killed run left behind`)
  for (const { Id } of abandoned)
    await docker
      .getContainer(Id)
      .remove({ force: true, v: true })
      .catch(() => {})
}

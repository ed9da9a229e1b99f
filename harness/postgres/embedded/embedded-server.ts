import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { findFreePort } from '../../ground/free-port.ts'
import { withClient } from '../../ground/with-client.ts'
import type { MemorySpace } from '../../model/ports.ts'
import { serverSettings, superuser, toServerArguments } from '../settings.ts'
import { unavailable } from '../unavailable.ts'
import type { Account } from './embedded-account.ts'
import type { Binaries } from './embedded-binaries.ts'
import type { ClusterPaths } from './embedded-cluster.ts'
import { claimMemory, createTablespace } from './embedded-memory.ts'
import { readLastLines, type SupervisedServer, startSupervised } from './embedded-supervisor.ts'

/** A server that accepts connections. */
export interface ReadyServer {
  /** Connection string of the maintenance database, with password. */
  readonly url: string
  readonly supervised: SupervisedServer
  /** Where its short-lived databases lie; undefined where there is no memory for them. */
  readonly memory: MemorySpace | undefined
}

const portAttempts = 5
const startTimeoutMs = 30_000
const portTaken = /could not (bind|create any TCP)|address already in use/i

/**
 * Starts a server on a cluster and waits until it accepts connections. It listens on TCP at 127.0.0.1 with a free
 * port, because the path of a unix socket may be too long.
 * @throws postgres-unavailable with the last lines of the log
 */
export async function startReadyServer(
  cluster: ClusterPaths,
  binaries: Binaries,
  account: Account | undefined,
  throwAway: boolean,
): Promise<ReadyServer> {
  const memory = claimMemory(cluster.data, account)
  const password = readFileSync(cluster.password, 'utf8')
  for (let attempt = 1; ; attempt++) {
    const port = await findFreePort()
    const settings = {
      ...serverSettings,
      port: String(port),
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
    }
    const supervised = startSupervised({
      binaries,
      account,
      cluster,
      throwAway,
      memoryFolder: memory?.folder,
      serverArguments: toServerArguments(settings),
    })
    const url = `postgresql://${superuser}:${password}@127.0.0.1:${port}/postgres`
    const fault = await waitUntilReady(url, supervised)
    if (fault === undefined) {
      // Memory only makes a run quicker: a server that refuses the tablespace runs without.
      const isMade = memory !== undefined && (await createTablespace(url, memory).catch(() => false))
      return { url, supervised, memory: isMade ? memory : undefined }
    }
    const log = readLastLines(cluster.log)
    if (supervised.exitCode() !== undefined && portTaken.test(log) && attempt < portAttempts) {
      await supervised.dismiss()
      continue
    }
    await supervised.stop(5_000)
    throw unavailable(
      'embedded',
      'start the embedded Postgres',
      `${fault}; its log ends with: ${log}`,
      'Look for a full disk, too little memory, or a program that ends other processes; then try again.',
    )
  }
}

/** Says what went wrong; undefined when the server accepts its password. */
async function waitUntilReady(url: string, server: SupervisedServer): Promise<string | undefined> {
  const deadline = performance.now() + startTimeoutMs
  for (;;) {
    if (server.exitCode() !== undefined) return `it ended with code ${server.exitCode()}`
    // Its password is random, so whoever accepts it is our server and not another on the same port.
    try {
      await withClient(url, async () => {}, { connectTimeoutMs: 2_000 })
      return undefined
    } catch {
      if (performance.now() > deadline)
        return `it did not accept connections within ${startTimeoutMs / 1000} s`
      await sleep(15)
    }
  }
}

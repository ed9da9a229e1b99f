import { chmodSync, lstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { claimFolder, ownerSuffix, sweepOwned } from '../../ground/owned-folder.ts'
import { quoteName, quoteText } from '../../ground/quote.ts'
import { withClient } from '../../ground/with-client.ts'
import type { MemorySpace } from '../../model/ports.ts'
import { fitsInMemory, readFreeMemory } from '../memory-space.ts'
import { isServerRunning } from '../running-server.ts'
import { type Account, handOver } from './embedded-account.ts'

/** Where Linux has a memory file system that every account may write to. */
const sharedMemory = '/dev/shm'
const prefix = 'phaseproof-databases-'
const tablespace = 'phaseproof_memory'

/**
 * Makes a folder in memory for the short-lived databases of a cluster, and removes those that killed runs left. Undefined where the
 * machine has no memory file system with room.
 */
export function claimMemory(data: string, account: Account | undefined): MemorySpace | undefined {
  if (!fitsInMemory(readFreeMemory(sharedMemory), 0)) return undefined
  try {
    sweepOwned(
      sharedMemory,
      prefix,
      (folder) => isOurs(folder, account) && !isServerRunning(readCluster(folder)),
    )
    const folder = claimFolder(sharedMemory, prefix)
    // The supervisor removes both after a kill, and in this folder only their owner may.
    handOver(`${folder}${ownerSuffix}`, account)
    mkdirSync(folder)
    chmodSync(folder, 0o700)
    writeFileSync(clusterFile(folder), data)
    mkdirSync(path.join(folder, 'tablespace'), { mode: 0o700 })
    handOver(path.join(folder, 'tablespace'), account)
    handOver(folder, account)
    return { tablespace, folder }
  } catch {
    // Memory only makes a run quicker: a system that refuses it has a run on its disk.
    return undefined
  }
}

/** Makes the tablespace on a server that has none of this name; true when it is made. */
export async function createTablespace(url: string, { folder }: MemorySpace): Promise<true> {
  const location = quoteText(path.join(folder, 'tablespace'))
  await withClient(url, (client) =>
    client.query(`CREATE TABLESPACE ${quoteName(tablespace)} LOCATION ${location}`),
  )
  return true
}

/** Drops the tablespace, and first the databases that an interrupted run left in it. */
export async function dropTablespace(url: string): Promise<void> {
  await withClient(url, async (client) => {
    const { rows } = await client.query<{ datname: string }>(
      `SELECT datname FROM pg_database JOIN pg_tablespace space ON space.oid = dattablespace WHERE spcname = $1`,
      [tablespace],
    )
    for (const { datname } of rows) {
      await client.query(`ALTER DATABASE ${quoteName(datname)} IS_TEMPLATE false`)
      await client.query(`DROP DATABASE ${quoteName(datname)} WITH (FORCE)`)
    }
    await client.query(`DROP TABLESPACE ${quoteName(tablespace)}`)
  })
}

/** In a folder that all may write, anybody could have put the name of another folder there. */
function isOurs(folder: string, account: Account | undefined): boolean {
  const uid = lstatSync(`${folder}${ownerSuffix}`, { throwIfNoEntry: false })?.uid
  return uid !== undefined && (uid === process.getuid?.() || uid === account?.uid)
}

function clusterFile(folder: string): string {
  return path.join(folder, 'cluster')
}

function readCluster(folder: string): string {
  try {
    return readFileSync(clusterFile(folder), 'utf8')
  } catch {
    return ''
  }
}

import { stat } from 'node:fs/promises'
import { endClient, openClient } from '../ground/with-client.ts'
import type { RestoreOutcome } from '../model/rehearsal.ts'
import type { BackupMeans } from './backup-means.ts'

/** A backup of one state, in a file; `failure` says why there is none. */
export interface Backup {
  readonly file: string
  readonly failure: string | null
  readonly sizeBytes: number
  readonly durationMs: number
}

/** A database that a backup is brought back to. */
interface RestoredDatabase {
  readonly connectionString: string
  drop(): Promise<void>
  /** Where it is not what the backup was taken of, in sentences. */
  compare(): Promise<readonly string[]>
}

/** What Postgres says of a database that cannot be dropped beneath its sessions. */
const IN_THE_WAY = /being accessed by other users/

/** Backs a database up into a file. @throws what starting the program throws */
export async function backUp(means: BackupMeans, connectionString: string, file: string): Promise<Backup> {
  const startedAt = performance.now()
  const failure = await means.backUp(connectionString, file)
  const durationMs = Math.round(performance.now() - startedAt)
  const sizeBytes = await stat(file).then(
    (found) => found.size,
    () => 0,
  )
  const isEmpty = failure === null && sizeBytes === 0
  return {
    file,
    failure: isEmpty ? 'it ended well and wrote nothing to FILE' : failure,
    sizeBytes,
    durationMs,
  }
}

/**
 * Brings a backup back while a session is open on the database, as a server's would be, and compares what is there then with what the
 * backup was taken of.
 * @throws postgres-lost
 */
export async function rehearseRestore(
  means: BackupMeans,
  backup: Backup,
  database: RestoredDatabase,
): Promise<RestoreOutcome> {
  const { sizeBytes, durationMs: backupMs } = backup
  const none = { sizeBytes, backupMs, restoreMs: 0, sessions: 'stay' as const, differences: [] }
  if (backup.failure !== null) return { ...none, failure: { step: 'backup', says: backup.failure } }
  const { connectionString } = database
  const session = await openClient(connectionString)
  const restore = async () => {
    const startedAt = performance.now()
    const says = await means.restore(connectionString, backup.file, database.drop)
    return { says, restoreMs: Math.round(performance.now() - startedAt) }
  }
  try {
    let restored = await restore()
    const isInTheWay = restored.says !== null && IN_THE_WAY.test(restored.says)
    const isAlive = await session.query('SELECT 1').then(
      () => true,
      () => false,
    )
    if (isInTheWay) {
      await endClient(session)
      restored = await restore()
    }
    const { says, restoreMs } = restored
    const sessions = isInTheWay ? 'in-the-way' : isAlive ? 'stay' : 'ended'
    if (says !== null) return { ...none, restoreMs, sessions, failure: { step: 'restore', says } }
    return { ...none, restoreMs, sessions, failure: null, differences: await database.compare() }
  } finally {
    await endClient(session)
  }
}

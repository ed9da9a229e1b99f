import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { readFileDigest, toSha256 } from '../ground/file-digest.ts'
import { putBack, toIncoming } from '../ground/swap-in.ts'
import type { AppliedRule } from '../model/policy.ts'
import type { SnapshotTable } from '../model/snapshot.ts'

/** A table that is finished. */
export interface FinishedTable {
  readonly table: SnapshotTable
  readonly applied: readonly AppliedRule[]
}

/** What a half-made snapshot was made from. Only a capture with equal values can continue it. */
interface IncomingOf {
  /** Digest over policy, key, structure of the source and the capture's code. */
  readonly making: string
  /** The moment of the source. A later one would mix two states in one snapshot. */
  readonly moment: string
}

interface StoredIncoming extends IncomingOf {
  readonly takenAt: string
  readonly tables: readonly FinishedTable[]
}

/**
 * The folder beside the snapshot in which it is made, with a record of the finished tables. It holds masked rows
 * only.
 */
export class Incoming {
  readonly folder: string
  readonly takenAt: string
  private readonly of: IncomingOf
  /** Tells captures that write to the same folder apart. */
  private readonly capture = randomUUID()
  private tables: readonly FinishedTable[]

  private constructor(folder: string, of: IncomingOf, takenAt: string, tables: readonly FinishedTable[]) {
    this.folder = folder
    this.of = of
    this.takenAt = takenAt
    this.tables = tables
  }

  /** Continues what an interrupted capture of the same moment left, or starts anew. */
  static async begin(snapshot: string, of: IncomingOf, takenAt: string): Promise<Incoming> {
    await putBack(resolve(snapshot))
    const folder = toIncoming(resolve(snapshot))
    const before = await readStored(folder)
    if (before && before.making === of.making && before.moment === of.moment) {
      const whole: FinishedTable[] = []
      for (const finished of before.tables) if (await isWhole(folder, finished.table)) whole.push(finished)
      await removeOthers(
        join(folder, 'data'),
        whole.map(({ table }) => table.file),
      )
      const incoming = new Incoming(folder, of, before.takenAt, whole)
      await incoming.sign()
      return incoming
    }
    await rm(folder, { recursive: true, force: true })
    await mkdir(join(folder, 'data'), { recursive: true })
    await mkdir(join(folder, 'schema'))
    const incoming = new Incoming(folder, of, takenAt, [])
    await incoming.sign()
    return incoming
  }

  get finished(): readonly FinishedTable[] {
    return this.tables
  }

  find(file: string): FinishedTable | undefined {
    return this.tables.find(({ table }) => table.file === file)
  }

  /** Records a table whose file is complete. */
  async add(finished: FinishedTable): Promise<void> {
    this.tables = [...this.tables, finished]
    const stored: StoredIncoming = { ...this.of, takenAt: this.takenAt, tables: this.tables }
    const path = join(this.folder, STORED)
    await writeFile(`${path}.next`, JSON.stringify(stored))
    await rename(`${path}.next`, path)
  }

  private async sign(): Promise<void> {
    await writeFile(join(this.folder, SIGNATURE), this.capture)
  }

  /** Tells whether this capture alone still writes to the folder, or another one began in it. */
  async isOurs(): Promise<boolean> {
    const signed = await readFile(join(this.folder, SIGNATURE), 'utf8').catch(() => null)
    return signed === this.capture
  }

  /** Removes the record, which makes the folder a snapshot. */
  async close(): Promise<void> {
    // A kill in the middle of recording leaves the next record.
    for (const file of [STORED, `${STORED}.next`, SIGNATURE])
      await rm(join(this.folder, file), { force: true })
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true })
  }
}

const STORED = '.progress.json'
const SIGNATURE = '.capture'

/** A digest over everything a capture is made from, for `IncomingOf.making`. */
export function toMaking(parts: readonly string[]): string {
  return toSha256(JSON.stringify(parts))
}

async function readStored(folder: string): Promise<StoredIncoming | null> {
  try {
    return JSON.parse(await readFile(join(folder, STORED), 'utf8')) as StoredIncoming
  } catch {
    // Missing, or cut short by a crash of the machine: begun anew either way.
    return null
  }
}

/** Removes parts of tables, of which nobody knows whether they are complete. */
async function removeOthers(data: string, files: readonly string[]): Promise<void> {
  const known = new Set(files.map((file) => basename(file)))
  for (const name of await readdir(data))
    if (!known.has(name)) await rm(join(data, name), { recursive: true })
}

async function isWhole(folder: string, table: SnapshotTable): Promise<boolean> {
  const found = await readFileDigest(join(folder, table.file)).catch(() => null)
  return found !== null && found.sha256 === table.sha256 && found.sizeBytes === table.sizeBytes
}

import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { readFileDigest, toSha256 } from '../ground/file-digest.ts'
import { putBack, toIncoming } from '../ground/swap-in.ts'
import type { AppliedRule } from '../model/policy.ts'
import type { SnapshotTable } from '../model/snapshot.ts'

/** A table that is finished. */
export interface StagedTable {
  readonly table: SnapshotTable
  readonly applied: readonly AppliedRule[]
}

/** What a half-made snapshot was made of; only the very same can be gone on with. */
interface StagingOf {
  /** Digest over policy, key, source structure and the tool itself. */
  readonly making: string
  /** The moment of the source: a later one would mix two states in one snapshot. */
  readonly moment: string
}

interface Progress extends StagingOf {
  readonly takenAt: string
  readonly tables: readonly StagedTable[]
}

/** The folder beside the snapshot in which it is made, with a record of what is finished. It holds masked rows only. */
export class Staging {
  readonly folder: string
  readonly takenAt: string
  private readonly of: StagingOf
  /** Tells apart captures that write to the same folder. */
  private readonly capture = randomUUID()
  private tables: readonly StagedTable[]

  private constructor(folder: string, of: StagingOf, takenAt: string, tables: readonly StagedTable[]) {
    this.folder = folder
    this.of = of
    this.takenAt = takenAt
    this.tables = tables
  }

  /** Goes on with what an interrupted capture of the same moment left, or begins anew. */
  static async begin(snapshot: string, of: StagingOf, takenAt: string): Promise<Staging> {
    await putBack(resolve(snapshot))
    const folder = toIncoming(resolve(snapshot))
    const before = await readProgress(folder)
    if (before && before.making === of.making && before.moment === of.moment) {
      const whole: StagedTable[] = []
      for (const staged of before.tables) if (await isWhole(folder, staged.table)) whole.push(staged)
      await removeOthers(
        join(folder, 'data'),
        whole.map(({ table }) => table.file),
      )
      const staging = new Staging(folder, of, before.takenAt, whole)
      await staging.sign()
      return staging
    }
    await rm(folder, { recursive: true, force: true })
    await mkdir(join(folder, 'data'), { recursive: true })
    await mkdir(join(folder, 'schema'))
    const staging = new Staging(folder, of, takenAt, [])
    await staging.sign()
    return staging
  }

  get finished(): readonly StagedTable[] {
    return this.tables
  }

  find(file: string): StagedTable | undefined {
    return this.tables.find(({ table }) => table.file === file)
  }

  /** Records a table whose file is complete. */
  async add(staged: StagedTable): Promise<void> {
    this.tables = [...this.tables, staged]
    const progress: Progress = { ...this.of, takenAt: this.takenAt, tables: this.tables }
    const path = join(this.folder, PROGRESS)
    await writeFile(`${path}.next`, JSON.stringify(progress))
    await rename(`${path}.next`, path)
  }

  private async sign(): Promise<void> {
    await writeFile(join(this.folder, SIGNATURE), this.capture)
  }

  /** Is the folder still written by this capture alone, or did another begin in it? */
  async isOurs(): Promise<boolean> {
    const signed = await readFile(join(this.folder, SIGNATURE), 'utf8').catch(() => null)
    return signed === this.capture
  }

  /** Removes the record: the folder is a snapshot now. */
  async close(): Promise<void> {
    // A kill in the middle of recording leaves the next record.
    for (const file of [PROGRESS, `${PROGRESS}.next`, SIGNATURE])
      await rm(join(this.folder, file), { force: true })
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true })
  }
}

const PROGRESS = '.progress.json'
const SIGNATURE = '.capture'

/** A digest of everything a capture is made of, for `StagingOf.making`. */
export function toMaking(parts: readonly string[]): string {
  return toSha256(JSON.stringify(parts))
}

async function readProgress(folder: string): Promise<Progress | null> {
  try {
    return JSON.parse(await readFile(join(folder, PROGRESS), 'utf8')) as Progress
  } catch {
    // Missing, or cut short by a crash of the machine: begun anew either way.
    return null
  }
}

/** Parts of tables: whether they are complete is not known. */
async function removeOthers(data: string, files: readonly string[]): Promise<void> {
  const known = new Set(files.map((file) => basename(file)))
  for (const name of await readdir(data))
    if (!known.has(name)) await rm(join(data, name), { recursive: true })
}

async function isWhole(folder: string, table: SnapshotTable): Promise<boolean> {
  const found = await readFileDigest(join(folder, table.file)).catch(() => null)
  return found !== null && found.sha256 === table.sha256 && found.sizeBytes === table.sizeBytes
}

import { statfsSync } from 'node:fs'

/** `TMPFS_MAGIC` of linux/magic.h: a file system that lies in memory. */
const tmpfs = 0x01021994
const reserveBytes = 256 * 1024 ** 2
/** What a database may grow to while it is used, in multiples of its template. */
const growth = 4

/** Free bytes where a folder lies, if that is in memory: of its file system and of the machine, the smaller. 0 elsewhere. */
export function readFreeMemory(folder: string): number {
  if (process.platform !== 'linux') return 0
  try {
    const { type, bavail, bsize } = statfsSync(folder)
    return type === tmpfs ? Math.min(bavail * bsize, process.availableMemory()) : 0
  } catch {
    return 0
  }
}

/** Tells whether a copy of a template finds room in memory, its growth included, and leaves enough to the rest of the machine. */
export function fitsInMemory(freeBytes: number, templateBytes: number): boolean {
  return freeBytes >= reserveBytes + growth * templateBytes
}

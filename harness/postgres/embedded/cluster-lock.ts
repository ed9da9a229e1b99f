import { randomBytes } from 'node:crypto'
import {
  linkSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { type ProcessIdentity, readLiveness, readOwnIdentity } from '../../ground/process-identity.ts'

/** A lock that this process holds. */
export interface HeldLock {
  /** Releases the lock. It is safe to call twice. */
  release(): void
}

const heartbeatMs = 15_000
const heartbeatLostMs = 60_000
const halfWrittenMs = 5_000

/**
 * Takes the lock at a path; undefined when another living process holds it. It never waits. No kill can leave the
 * lock stuck, and no two processes can take over the same dead lock.
 */
export function acquireLock(lockPath: string): HeldLock | undefined {
  // The lock is the file `<path>.<number>` with the highest number. It is held while the process named in it lives
  // (or, for a process of another host, while its heartbeat continues). Taking it over means creating the next
  // number, which only one process can do. Numbers never go back, because releasing leaves the file.
  const nonce = randomBytes(8).toString('hex')
  const content = JSON.stringify({ ...readOwnIdentity(), nonce })
  for (;;) {
    const last = readNumbers(lockPath).at(-1)
    if (last !== undefined && isHeld(`${lockPath}.${last}`)) return undefined
    const mine = (last ?? 0) + 1
    const file = `${lockPath}.${mine}`
    if (!createWhole(file, content, nonce)) continue
    const numbers = readNumbers(lockPath)
    if (numbers.some((number) => number > mine)) {
      // We looked before a faster process took over and tidied up: ours was never the highest.
      rmSync(file, { force: true })
      continue
    }
    for (const number of numbers) if (number < mine) rmSync(`${lockPath}.${number}`, { force: true })
    return hold(file, content, nonce)
  }
}

function hold(file: string, content: string, nonce: string): HeldLock {
  const isMine = () => readOr(file, '') === content
  const heartbeat = setInterval(() => {
    try {
      if (isMine()) utimesSync(file, new Date(), new Date())
    } catch {
      // A folder that is being removed has no use for a heartbeat.
    }
  }, heartbeatMs)
  heartbeat.unref()
  return {
    release() {
      clearInterval(heartbeat)
      if (!isMine()) return
      const released = `${file}-${nonce}`
      try {
        writeFileSync(released, '"released"')
        renameSync(released, file)
      } catch {
        // Without the folder there is nothing to release; a full disk leaves a lock that ends with this process.
      }
    },
  }
}

function readNumbers(lockPath: string): number[] {
  const prefix = `${path.basename(lockPath)}.`
  return readdirSync(path.dirname(lockPath))
    .filter((name) => name.startsWith(prefix) && /^\d+$/.test(name.slice(prefix.length)))
    .map((name) => Number(name.slice(prefix.length)))
    .sort((a, b) => a - b)
}

function isHeld(file: string): boolean {
  const text = readOr(file, undefined)
  // Gone since it was listed: tidied up by the holder of a higher number. The next look will see that one.
  if (text === undefined) return false
  const holder = parseHolder(text)
  if (holder === 'released') return false
  if (holder === undefined) return ageMs(file) < halfWrittenMs
  const liveness = readLiveness(holder)
  return liveness === 'alive' || (liveness === 'elsewhere' && ageMs(file) < heartbeatLostMs)
}

function parseHolder(text: string): ProcessIdentity | 'released' | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Creates a file that is complete from the first moment; false when it already exists. */
function createWhole(file: string, content: string, nonce: string): boolean {
  const draft = `${file}-${nonce}`
  writeFileSync(draft, content)
  try {
    linkSync(draft, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    return createWithoutLink(file, content)
  } finally {
    rmSync(draft, { force: true })
  }
}

// Some file systems know no hard links; there the file may be seen empty for a moment, which counts as held.
function createWithoutLink(file: string, content: string): boolean {
  try {
    writeFileSync(file, content, { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function readOr<T>(file: string, missing: T): string | T {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return missing
  }
}

function ageMs(file: string): number {
  try {
    return Date.now() - statSync(file).mtimeMs
  } catch {
    return Number.POSITIVE_INFINITY
  }
}

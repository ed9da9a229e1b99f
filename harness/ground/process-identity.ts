import { execFileSync } from 'node:child_process'
import { readFileSync, readlinkSync } from 'node:fs'
import os from 'node:os'

/** Identifies one process for good, because the system reuses process numbers. */
export interface ProcessIdentity {
  /** Host name. On Linux it includes the process namespace, so that a container differs from its machine. */
  readonly host: string
  readonly pid: number
  /** Start of the process, in the form the system tells it. It is equal only for the same process. */
  readonly started: string
}

/** This process. */
export function readOwnIdentity(): ProcessIdentity {
  return { host: readHost(), pid: process.pid, started: readProcessStart(process.pid) ?? 'unknown' }
}

/** `alive` or `gone` for a process of this host; `elsewhere` for a process of another host. */
export function readLiveness(identity: ProcessIdentity): 'alive' | 'gone' | 'elsewhere' {
  if (identity.host !== readHost()) return 'elsewhere'
  return readProcessStart(identity.pid) === identity.started ? 'alive' : 'gone'
}

/** When a process started; undefined when it does not run. A zombie counts as gone. */
export function readProcessStart(pid: number): string | undefined {
  if (!Number.isSafeInteger(pid) || pid <= 0) return undefined
  if (process.platform === 'linux') {
    const stat = readText(`/proc/${pid}/stat`)
    if (stat === undefined) return undefined
    // The command name, in parentheses, may itself hold spaces and parentheses: count from the last one.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' ? undefined : `${readBoot()}/${fields[19]}`
  }
  const line = run('ps', ['-o', 'stat=', '-o', 'lstart=', '-p', String(pid)])?.trim()
  if (line === undefined || line === '' || line.startsWith('Z')) return undefined
  return line.replace(/^\S+\s+/, '')
}

/** A value that changes with every start of the machine; empty where the system does not tell. */
export function readBoot(): string {
  if (process.platform === 'darwin') return run('sysctl', ['-n', 'kern.bootsessionuuid'])?.trim() ?? ''
  return readText('/proc/sys/kernel/random/boot_id')?.trim() ?? ''
}

/** The command name of a running process, for example `postgres`. */
export function readProcessName(pid: number): string | undefined {
  if (process.platform === 'linux') return readText(`/proc/${pid}/comm`)?.trim()
  return run('ps', ['-o', 'comm=', '-p', String(pid)])?.trim()
}

function readHost(): string {
  try {
    return `${os.hostname()}/${readlinkSync('/proc/self/ns/pid')}`
  } catch {
    return os.hostname()
  }
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

function run(command: string, args: readonly string[]): string | undefined {
  try {
    return execFileSync(command, args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, LC_ALL: 'C' },
    })
  } catch {
    return undefined
  }
}

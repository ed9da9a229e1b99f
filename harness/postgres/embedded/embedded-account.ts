import { execFileSync } from 'node:child_process'
import { chownSync } from 'node:fs'
import { unavailable } from '../unavailable.ts'

/** An account of the operating system, by its user and group number. */
export interface Account {
  readonly name: string
  readonly uid: number
  readonly gid: number
}

// Accounts that exist without our doing: where Postgres is packaged (macOS with an underscore), and everywhere.
const candidates = ['postgres', '_postgres', 'nobody']

/**
 * The account that the server runs as when we are root, because Postgres refuses root; undefined when we are not
 * root. It takes an existing account and never creates one.
 * @throws postgres-unavailable
 */
export function readServerAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  for (const name of candidates) {
    const uid = readNumber('-u', name)
    const gid = readNumber('-g', name)
    if (uid !== undefined && gid !== undefined && uid !== 0) return { name, uid, gid }
  }
  throw unavailable(
    'embedded',
    'start the embedded Postgres as root',
    `Postgres refuses to run as root, and none of the accounts ${candidates.join(', ')} exists`,
    'Run the command as an ordinary user.',
  )
}

/** Options of a child process that runs as the account. */
export function asAccount(account: Account | undefined): { uid?: number; gid?: number } {
  return account === undefined ? {} : { uid: account.uid, gid: account.gid }
}

/** Makes the account the owner of a file or folder. */
export function handOver(path: string, account: Account | undefined): void {
  if (account !== undefined) chownSync(path, account.uid >>> 0, account.gid >>> 0)
}

/**
 * Tells whether the account can enter a folder. It asks the system itself, because file modes do not show access
 * lists.
 */
export function canEnter(folder: string, account: Account): boolean {
  try {
    execFileSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], {
      ...asAccount(account),
      cwd: '/',
      stdio: 'ignore',
    })
    return true
  } catch {
    return false
  }
}

function readNumber(flag: string, name: string): number | undefined {
  try {
    const text = execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
    // `nobody` is -2 on macOS, which `id` prints as an unsigned number and a child process takes as a signed one.
    return Number(text) | 0
  } catch {
    return undefined
  }
}

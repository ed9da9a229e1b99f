import type { OrderRule } from './name-order.ts'
import type { TransactionRule } from './send-script.ts'

/** What a version of Prisma decides about a deploy. */
interface PrismaRules {
  readonly order: OrderRule['by']
  readonly transactionRule: TransactionRule
}

/** Major and minor number; infinite where a range leaves it open. */
type Version = readonly [major: number, minor: number]

/** The rules of a version; null for one before 5.0 or from 8.0 on. */
function toPrismaRules(version: Version): PrismaRules | null {
  // Order: up to 6.5 the engine sorts folder names by their bytes (`list_migrations` of prisma-engines). From 6.6 on the
  // CLI sorts them with `localeCompare` (`listMigrations.ts`), and the engine keeps the order it is given.
  // Transaction: up to 7.3 the engine sends a file as one simple query. From 7.4 on it splits the file into statements
  // (https://github.com/prisma/prisma-engines/pull/5767).
  if (isBefore(version, [5, 0]) || !isBefore(version, [8, 0])) return null
  return {
    order: isBefore(version, [6, 6]) ? 'bytes' : 'locale',
    transactionRule: isBefore(version, [7, 4]) ? 'one-batch' : 'per-statement',
  }
}

/** Lowest and highest version of an exact version or a simple range (`^7.4.0`, `~6.5`, `7.x`); null for anything else. */
function toVersions(range: string): readonly [lowest: Version, highest: Version] | null {
  const [, sign, major, minor = 'x'] =
    /^([\^~=v]?)(\d+)(?:\.(\d+|[x*]))?(?:\.(?:\d+|[x*]))?(?:[-+][\w.+-]*)?$/.exec(range.trim()) ?? []
  if (major === undefined) return null
  const isOpen = sign === '^' || !/^\d+$/.test(minor)
  const lowest = /^\d+$/.test(minor) ? Number(minor) : 0
  return [
    [Number(major), lowest],
    [Number(major), isOpen ? Number.POSITIVE_INFINITY : lowest],
  ]
}

/** The rules that every version of a range has; `mixed` when they differ, `unknown` when there are none or the range can't be read. */
export function toRulesOfRange(range: string): PrismaRules | 'mixed' | 'unknown' {
  const versions = toVersions(range)
  if (versions === null) return 'unknown'
  const [lowest, highest] = versions.map(toPrismaRules)
  if (!lowest || !highest) return 'unknown'
  const same = lowest.order === highest.order && lowest.transactionRule === highest.transactionRule
  return same ? lowest : 'mixed'
}

function isBefore([major, minor]: Version, [otherMajor, otherMinor]: Version): boolean {
  return major < otherMajor || (major === otherMajor && minor < otherMinor)
}

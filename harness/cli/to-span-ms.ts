import { InvalidArgumentError } from 'commander'

const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/**
 * A span of time as an option names it, in ms: `30s`, `90m`, `36h`, `7d`.
 * @throws InvalidArgumentError
 */
export function toSpanMs(text: string): number {
  const [, count, unit] = /^(\d+)([smhd])$/.exec(text) ?? []
  if (count === undefined || unit === undefined)
    throw new InvalidArgumentError('It is written as 30s, 90m, 36h or 7d.')
  return Number(count) * (UNITS[unit] ?? 0)
}

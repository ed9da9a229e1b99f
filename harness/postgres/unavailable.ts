import { redact } from '../ground/redact.ts'
import { HarnessError } from '../model/error.ts'
import type { PostgresProvider } from './provider.ts'

/** The error for a server that cannot be had: what was attempted, why it failed, what to do. */
export function unavailable(
  provider: string,
  attempted: string,
  reason: string,
  remedy: string,
  options?: { cause?: unknown },
): HarnessError<'postgres-unavailable'> {
  const cause = redact(reason)
  return new HarnessError(
    'postgres-unavailable',
    `Could not ${attempted}: ${cause}.`,
    remedy,
    { provider, attempted, cause },
    options,
  )
}

/** The error for a provider that a probe did not find. */
export function missing(
  { name, title, remedy }: PostgresProvider,
  reason: string,
): HarnessError<'postgres-unavailable'> {
  return unavailable(name, `start ${title}`, reason, remedy)
}

/** Does an error say that a server cannot be had? */
export function isUnavailable(error: unknown): error is HarnessError<'postgres-unavailable'> {
  return error instanceof HarnessError && error.code === 'postgres-unavailable'
}

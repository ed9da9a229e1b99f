import { HarnessError } from '../model/error.ts'

/** The error for a server that cannot be had: what was attempted, why it failed, what to do. */
export function unavailable(
  provider: string,
  attempted: string,
  cause: string,
  remedy: string,
  options?: { cause?: unknown },
): HarnessError<'postgres-unavailable'> {
  return new HarnessError(
    'postgres-unavailable',
    `Could not ${attempted}: ${cause}.`,
    remedy,
    { provider, attempted, cause },
    options,
  )
}

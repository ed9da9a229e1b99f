import { redact } from '../ground/redact.ts'
import { HarnessError } from '../model/error.ts'

/** The server of a scenario can't be used, so nothing can be said about its contracts. */
export function serverUnavailable(
  command: string,
  found: string,
  lines: readonly string[],
  cause?: unknown,
): HarnessError<'server-unavailable'> {
  const [attempted, reason, log] = [redact(command), redact(found), lines.map(redact)]
  const said =
    log.length === 0 ? '' : `\nIts last lines were:\n${log.map((line) => `  | ${line}`).join('\n')}`
  return new HarnessError(
    'server-unavailable',
    `Starting the server (${attempted}): ${reason}.${said}`,
    'Start it by hand on a database with the target schema; see `server` in scenario.ts.',
    { attempted, cause: reason, log },
    { cause },
  )
}

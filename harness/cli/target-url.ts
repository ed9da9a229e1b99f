import { HarnessError } from '../model/error.ts'

/** How a command line names a target. */
export interface TargetFlags {
  readonly target?: string
  readonly targetEnv?: string
}

/**
 * The connection string of the target that is meant.
 * @throws usage when none is named, two are, or the environment variable is empty
 */
export function readTargetUrl({ target, targetEnv }: TargetFlags): string {
  if ((target === undefined) === (targetEnv === undefined))
    throw refuse(
      target === undefined ? 'No target was named.' : 'Both --target and --target-env were given.',
      'Give --target-env VARIABLE, which no shell remembers, or --target <url>.',
    )
  if (target !== undefined) return target
  const variable = targetEnv ?? ''
  const url = process.env[variable]
  if (url) return url
  throw refuse(
    `The environment variable ${variable} is ${url === undefined ? 'not set' : 'empty'}.`,
    `Set it to the connection string of a role that can only read: ${variable}=postgresql://…`,
  )
}

function refuse(message: string, remedy: string): HarnessError<'usage'> {
  return new HarnessError('usage', message, remedy, { faults: [message] })
}

import { redact } from '../ground/redact.ts'
import type { HarnessError } from '../model/error.ts'
import { codeOfError, type ExitCode } from './exit-code.ts'
import { Interrupted } from './interrupted.ts'

/** Prints what went wrong and what to do, on standard error; returns the exit code. A bug of ours keeps its stack. */
export function reportError(error: unknown): ExitCode {
  if (isHarnessError(error)) {
    process.stderr.write(`\n${redact(error.message)}\n${error.remedy}\n`)
    return codeOfError(error.code)
  }
  if (error instanceof Interrupted) {
    process.stderr.write(`\n${error.message}: nothing was decided, nothing stays behind\n`)
    return 3
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  process.stderr.write(`\nphaseproof could not decide: ${redact(text)}\n`)
  return 3
}

/** By name: the set-ups of Vitest load the class into a module graph of their own, where `instanceof` would not hold. */
function isHarnessError(error: unknown): error is HarnessError {
  return error instanceof Error && error.name === 'HarnessError' && 'remedy' in error
}

import { tmpdir } from 'node:os'
import { CommanderError } from 'commander'
import { redact } from '../ground/redact.ts'
import { isHarnessError, toSystemFailure } from '../ground/system-failure.ts'
import { codeOfError, type ExitCode } from './exit-code.ts'
import { Interrupted } from './interrupted.ts'

/**
 * Prints what went wrong and what to do, on standard error; returns the exit code. Only a fault of our own shows a stack.
 * @param cacheFolder where the server's files may lie: looked at for space when a server fails without a reason
 */
export function reportError(error: unknown, cacheFolder: string): ExitCode {
  if (error instanceof CommanderError) return reportUsage(error)
  if (error instanceof Interrupted) {
    say(`${error.message}: nothing was decided, nothing stays behind`)
    return 3
  }
  const told = toSystemFailure(error, [cacheFolder, tmpdir()]) ?? error
  if (isHarnessError(told)) {
    say(`${told.message}\n${told.remedy}`)
    return codeOfError(told.code)
  }
  say(`phaseproof could not decide: ${told instanceof Error ? (told.stack ?? told.message) : String(told)}`)
  return 3
}

/** Help and version are printed by then, and are no errors. */
function reportUsage(error: CommanderError): ExitCode {
  if (error.exitCode === 0) return 0
  if (error.code === 'commander.help') return 2
  const [message = ''] = error.message.replace(/^error: /, '').split('\n')
  say(`${message.charAt(0).toUpperCase()}${message.slice(1).replace(/\.?$/, '.')}`)
  const [, suggestion] = /\(Did you mean (.+)\?\)/.exec(error.message) ?? []
  const hint = suggestion === undefined ? '' : `Did you mean ${suggestion}? `
  process.stderr.write(
    `${hint}"phaseproof --help" lists the commands, "phaseproof <command> --help" its options.\n`,
  )
  return 2
}

function say(text: string): void {
  process.stderr.write(`\n${redact(text)}\n`)
}

#!/usr/bin/env node
import { join } from 'node:path'
import { Command } from 'commander'
import { HARNESS_VERSION } from '../stories/harness-version.ts'
import { registerDoctor } from './commands/doctor.ts'
import { registerInit } from './commands/init.ts'
import { registerOpen } from './commands/open.ts'
import { registerPlan } from './commands/plan.ts'
import { registerProve } from './commands/prove.ts'
import { registerRegression } from './commands/regression.ts'
import { registerServer } from './commands/server.ts'
import { registerSnapshot } from './commands/snapshot.ts'
import type { ExitCode } from './exit-code.ts'
import { findProjectRoot } from './project-root.ts'
import { reportError } from './report-error.ts'

// Errors of usage are told like all others, by `reportError`. Commands inherit both settings.
const program = new Command('phaseproof')
  .description('Proves every phase of a migration plan on a sanitised production snapshot.')
  .configureOutput({ outputError: () => {} })
  .version(HARNESS_VERSION.split(' ')[1] ?? '')
  .exitOverride()

let exitCode: ExitCode = 0
const finish = (code: ExitCode) => {
  exitCode = code
}
registerInit(program, finish)
registerDoctor(program, finish)
registerPlan(program, finish)
registerProve(program, finish)
registerRegression(program, finish)
registerOpen(program, finish)
registerServer(program, finish)
registerSnapshot(program, finish)

try {
  // `pnpm test:phase 4 -- --reporter=junit` arrives with the separator pnpm was given.
  await program.parseAsync(process.argv)
} catch (error) {
  exitCode = reportError(error, join(findProjectRoot(), '.phaseproof'))
}
process.exit(exitCode)

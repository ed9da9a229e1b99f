#!/usr/bin/env node
import { join } from 'node:path'
import { Command } from 'commander'
import { HARNESS_VERSION } from '../stories/harness-version.ts'
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
// Loading every command costs more than half a second, so only the one that is called is loaded; help and a wrong name need all.
const commands: Readonly<Record<string, () => Promise<unknown>>> = {
  init: async () => (await import('./commands/init.ts')).registerInit(program, finish),
  backup: async () => (await import('./commands/backup-verify.ts')).registerBackup(program, finish),
  doctor: async () => (await import('./commands/doctor.ts')).registerDoctor(program, finish),
  gate: async () => (await import('./commands/gate.ts')).registerGate(program, finish),
  history: async () => (await import('./commands/history.ts')).registerHistory(program, finish),
  journal: async () => (await import('./commands/journal.ts')).registerJournal(program, finish),
  keygen: async () => (await import('./commands/keygen.ts')).registerKeygen(program, finish),
  plan: async () => (await import('./commands/plan.ts')).registerPlan(program, finish),
  prove: async () => (await import('./commands/prove.ts')).registerProve(program, finish),
  report: async () => (await import('./commands/report.ts')).registerReport(program, finish),
  regression: async () => (await import('./commands/regression.ts')).registerRegression(program, finish),
  open: async () => (await import('./commands/open.ts')).registerOpen(program, finish),
  server: async () => (await import('./commands/server.ts')).registerServer(program, finish),
  verify: async () => (await import('./commands/verify.ts')).registerVerify(program, finish),
  sign: async () => (await import('./commands/sign.ts')).registerSign(program, finish),
  snapshot: async () => (await import('./commands/snapshot.ts')).registerSnapshot(program, finish),
  stage: async () => (await import('./commands/stage.ts')).registerStage(program, finish),
  'verify-proof': async () =>
    (await import('./commands/verify-proof.ts')).registerVerifyProof(program, finish),
}

try {
  const called = Object.entries(commands).filter(([name]) => name === process.argv[2])
  for (const [, register] of called.length > 0 ? called : Object.entries(commands)) await register()
  // `pnpm test:phase 4 -- --reporter=junit` arrives with the separator pnpm was given.
  await program.parseAsync(process.argv)
} catch (error) {
  exitCode = reportError(error, join(findProjectRoot(), '.phaseproof'))
}
process.exit(exitCode)

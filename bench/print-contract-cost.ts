import { runVitest } from '../harness/cli/run-vitest.ts'
import { defaultRunOptions } from '../harness/vitest/run-options.ts'

// Run by `measureContracts` in a copy of the project: one run of phase 4 with its contracts, its cost as JSON on standard output.
const options = { ...defaultRunOptions, upTo: 4, postgres: 'embedded', keep: 'nothing' } as const
const from = performance.now()
const run = await runVitest({ options, projectRoot: process.cwd(), reporters: [] })
if (!run.proof) throw new Error(run.reason)
process.stdout.write(JSON.stringify({ ...run.contractCost, wallMs: performance.now() - from }))

import { proveScenario } from '../harness/cli/prove-scenario.ts'
import { readRunOptions } from '../harness/vitest/run-options.ts'

// Run by `measureContracts` in a copy of the project: one run of phase 4 with its contracts, its cost as JSON on standard output.
const defaults = readRunOptions(process.env, 'tcc-catch-up')
const options = { ...defaults, upTo: 4, postgres: 'embedded', keep: 'nothing' } as const
const from = performance.now()
const signal = new AbortController().signal
const { proof, contractCost } = await proveScenario({
  options,
  projectRoot: process.cwd(),
  reporters: [],
  signal,
})
if (proof.verdict === 'undecided') throw new Error(JSON.stringify(proof.undecided))
process.stdout.write(JSON.stringify({ ...contractCost, wallMs: performance.now() - from }))

import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { proveByVitest } from '../cli/prove-scenario.ts'
import { type ServerAddress, silentProgress } from '../model/ports.ts'
import type { ExperimentName } from '../model/rehearsal.ts'
import { openDatabases } from '../postgres/databases.ts'
import { openCheckpoints } from '../stories/checkpoints.ts'
import { readScenario } from '../stories/read-scenario.ts'
import { readRunOptions } from '../vitest/run-options.ts'

// Run by `proveAll`: proves scenarios as the command line does, in one process, which is what makes it quick.
// Standard input holds the address of a server, with its password, and which experiments are made; standard output a line of JSON for each scenario.
const [cacheFolder = '', projectRoot = '', ...names] = process.argv.slice(2)
const { address, experiments } = (await json(process.stdin)) as {
  readonly address: ServerAddress
  readonly experiments: readonly ExperimentName[] | Readonly<Record<string, readonly ExperimentName[]>>
}
const server = await openDatabases(address)
const reportsFolder = join(cacheFolder, 'reports')
const { signal } = new AbortController()

function experimentsOf(name: string) {
  const few = Array.isArray(experiments)
    ? (experiments as readonly ExperimentName[])
    : (experiments as Readonly<Record<string, readonly ExperimentName[]>>)[name]
  return few && { experiments: few }
}

async function proveOne(name: string): Promise<void> {
  const options = { ...readRunOptions(process.env, name), fresh: true, keep: 'nothing' } as const
  const proving = { options, projectRoot, reporters: [], signal }
  const place = { server, projectRoot, reportsFolder, cacheFolder, progress: silentProgress }
  const result = await readScenario(name, projectRoot)
    .then((scenario) => proveByVitest(proving, { ...options, scenario, ...experimentsOf(name) }, place))
    .then(
      ({ proof }) => ({ proof }),
      (error: unknown) => ({ error: String(error) }),
    )
  await openCheckpoints(server, name, cacheFolder).forgetAllBut([])
  process.stdout.write(`${JSON.stringify({ scenario: name, ...result })}\n`)
}

/** A replay waits for Postgres half of its time, and a Vitest for its worker: two at once keep two processors busy. */
async function proveRest(): Promise<void> {
  for (let name = names.shift(); name !== undefined; name = names.shift()) await proveOne(name)
}

await Promise.all([proveRest(), proveRest()])
await server.close()
process.exit(0)

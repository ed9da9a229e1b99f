import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { json } from 'node:stream/consumers'
import { proveByVitest } from '../../harness/cli/prove-scenario.ts'
import { type ServerAddress, silentProgress } from '../../harness/model/ports.ts'
import { openDatabases } from '../../harness/postgres/databases.ts'
import { openCheckpoints } from '../../harness/stories/checkpoints.ts'
import { readScenario } from '../../harness/stories/read-scenario.ts'
import { readRunOptions } from '../../harness/vitest/run-options.ts'

// Run by `prove-all.ts`: proves scenario after scenario as the command line does, in one process, which is what makes it quick.
// Standard input is the address of a server, which holds a password; standard output a line of JSON for each scenario.
const projectRoot = dirname(dirname(import.meta.dirname))
const server = await openDatabases((await json(process.stdin)) as ServerAddress)
const cacheFolder = mkdtempSync(join(tmpdir(), 'phaseproof-broken-'))
const { signal } = new AbortController()

for (const folder of process.argv.slice(2)) {
  const name = `broken/${folder}`
  const options = { ...readRunOptions(process.env, name), fresh: true, keep: 'nothing' } as const
  const proving = { options, projectRoot, reporters: [], signal }
  const reportsFolder = join(cacheFolder, 'reports')
  const place = { server, projectRoot, reportsFolder, cacheFolder, progress: silentProgress }
  const scenario = await readScenario(name, projectRoot)
  const result = await proveByVitest(proving, { ...options, scenario }, place).then(
    ({ proof }) => ({ proof }),
    (error: unknown) => ({ error: String(error) }),
  )
  await openCheckpoints(server, name, cacheFolder).forgetAllBut([])
  process.stdout.write(`${JSON.stringify({ folder, ...result })}\n`)
}
await server.close()
rmSync(cacheFolder, { recursive: true, force: true })
process.exit(0)

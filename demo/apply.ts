import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { abortWhenAskedToEnd } from '../harness/ground/signals.ts'
import { withTemporaryFolder } from '../harness/ground/temporary-folder.ts'
import { withClient } from '../harness/ground/with-client.ts'
import { type RunningPostgres, silentProgress } from '../harness/model/ports.ts'
import { withPostgres } from '../harness/postgres/start-postgres.ts'
import { loadSnapshot } from '../harness/snapshot/load-snapshot.ts'
import { readSnapshot } from '../harness/snapshot/read-snapshot.ts'
import { openTool } from '../harness/tool/tools.ts'
import { overlayProject } from '../mutate/project-overlay.ts'
import scenario from '../scenarios/tcc-catch-up/scenario.ts'
import { accidents } from './accidents.ts'

const usage = `pnpm demo:apply [--phases N] [--quick]

Brings a Postgres that plays production through the phases of tcc-catch-up: proves them, signs the proof, and for each phase asks the gate, stages
it, deploys it and verifies it. Accidents happen on the way, which the gate has to stop. Everything is thrown away at the end.
--phases N   only the first N phases
--quick      leave out the rehearsals that take longest

Exit code 0: each accident was stopped and each phase is as proven. 1: not so. 2: wrong usage.`

const READER = 'phaseproof_demo_reader'
const root = join(import.meta.dirname, '..')
const signal = abortWhenAskedToEnd()

process.exitCode = await main()

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      phases: { type: 'string', default: String(scenario.phases.length) },
      quick: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  const upTo = Number(values.phases)
  if (values.help || !scenario.phases.some(({ id }) => id === upTo)) {
    process.stdout.write(`${usage}\n`)
    return values.help ? 0 : 2
  }
  return withTemporaryFolder('demo', (folder) => play(folder, upTo, values.quick), 0o755).catch(
    (error: unknown) => {
      if (signal.aborted) process.stdout.write('\nStopped; nothing stays behind.\n')
      else process.stdout.write(`\n✗ ${error instanceof Error ? error.message : String(error)}\n`)
      return 1
    },
  )
}

async function play(folder: string, upTo: number, isQuick: boolean): Promise<number> {
  const project = join(folder, 'project')
  const cacheFolder = join(folder, 'production')
  overlayProject(root, project, scenario.migrations)
  mkdirSync(cacheFolder)
  const cli = toCli(project)
  const quick = isQuick ? ['--quick'] : []
  tell(
    `1. Prove phases 1 to ${upTo} on the snapshot, every rehearsal ${isQuick ? 'but the longest' : 'included'}.`,
  )
  await cli.must(0, 'prove', upTo === scenario.phases.length ? 'all' : String(upTo), '--fresh', ...quick)
  tell('2. Sign the proof with a key of our own.')
  const key = join(folder, 'key')
  const proof = `reports/${scenario.name}/phase-${upTo}.proof.json`
  await cli.must(0, 'keygen', '--out', key)
  await cli.must(0, 'sign', proof, '--key', `${key}.pem`)
  return withPostgres('embedded', { cacheFolder, progress: silentProgress }, async (server) => {
    const { writerUrl, readerUrl } = await makeProduction(server)
    cli.env.TARGET = readerUrl
    tell(
      '3. A Postgres that plays production holds what the snapshot holds; we look at it with a role that can only read.',
    )
    const trusted = ['--key', `${key}.pub.pem`, ...(isQuick ? ['--allow-quick'] : [])]
    // Nobody takes backups of a play; a phase of high risk wants to hear that one was verified.
    const backup = ['--backup-verified', new Date().toISOString()]
    const gate = ['--target-env', 'TARGET', ...trusted, ...backup]
    for (const { id, title, migrations } of scenario.phases.slice(0, upTo)) {
      tell(`\nPhase ${id}: ${title}`)
      const accident = accidents[id]
      if (accident) {
        const place = {
          productionUrl: writerUrl,
          project,
          migrations: scenario.migrations,
          migration: migrations.at(-1) ?? '',
        }
        const mend = await accident.happen(place)
        const said = await cli.must(1, 'gate', String(id), ...gate)
        const refused = said.split('\n').filter((line) => line.trim().startsWith('✗'))
        if (!refused.some((line) => line.includes(accident.check)))
          throw new Error(`The gate did not refuse because of ${accident.check}:\n${said}`)
        tell(`  accident: ${accident.what}`)
        for (const line of refused) tell(`    ${line.trim()}`)
        await mend()
      }
      if (id < upTo) {
        const early = await cli.must(1, 'gate', String(id + 1), ...gate)
        if (!early.includes('order'))
          throw new Error(`Phase ${id + 1} was not refused before its turn:\n${early}`)
        tell(`  gate ${id + 1}, asked too early: refused`)
      }
      await cli.must(0, 'gate', String(id), ...gate)
      tell(`  gate ${id}: it may be applied`)
      const staged = join(folder, `stage-${id}`)
      await cli.must(0, 'stage', String(id), '--out', staged)
      const applied = await deploy(staged, writerUrl)
      tell(
        `  deployed: ${applied.length === 1 ? '1 migration' : `${applied.length} migrations`}, nothing else was pending`,
      )
      await cli.must(0, 'verify', String(id), '--target-env', 'TARGET')
      tell(`  verified: production is as proven`)
    }
    if (upTo === scenario.phases.length) {
      await cli.must(0, 'verify', '--final', '--target-env', 'TARGET')
      tell('\nproduction equals the target schema: no difference is left')
    }
    // Behind what happened come checklists of each phase; the last one is of the plan.
    const [title = '', happened = '', ...lists] = (await cli.must(0, 'journal')).split(/\n(?=## )/)
    tell(`\n${[title, happened, lists.at(-1)].join('\n')}`)
    return 0
  })
}

/** A database with the snapshot's rows, and a role that can only read it. */
async function makeProduction(server: RunningPostgres) {
  const name = 'phaseproof_demo_production'
  await server.createDatabase(name, { mark: 'demo' })
  const writerUrl = server.connectionString(name)
  await loadSnapshot(await readSnapshot(join(root, scenario.snapshot ?? '')), writerUrl, {
    progress: silentProgress,
  })
  const password = `${process.pid}-reads`
  await withClient(writerUrl, async (client) => {
    await client.query(`CREATE ROLE ${READER} LOGIN PASSWORD '${password}'`)
    await client.query(`GRANT pg_read_all_data, pg_read_all_stats TO ${READER}`)
  })
  return { writerUrl, readerUrl: Object.assign(new URL(writerUrl), { username: READER, password }).href }
}

/** What `prisma migrate deploy` does to the staged folder, by the same engine in this process: the native one may be missing here. */
async function deploy(folder: string, connectionString: string): Promise<readonly string[]> {
  const place = { scenario: scenario.name, projectRoot: root, migrations: scenario.migrations }
  const tool = await openTool(scenario.tool, place)
  const migrations = await tool.listMigrations(join(folder, 'migrations'), folder)
  const { applied, failure } = await tool.apply({ connectionString, migrations, expectedNew: [] })
  if (failure) throw new Error(`${failure.migration} failed on production: ${failure.message}`)
  return applied
}

/** The command line as a person calls it in the project. */
function toCli(project: string) {
  const { CI: _ci, ...env }: NodeJS.ProcessEnv = {
    ...process.env,
    NO_COLOR: '1',
    PHASEPROOF_POSTGRES: 'embedded',
  }
  const main = join(project, 'harness/cli/main.ts')
  return {
    env,
    /** @returns what it printed @throws Error when it ends otherwise */
    must(code: number, command: string, ...args: string[]): Promise<string> {
      const named = ['keygen', 'sign'].includes(command) ? [] : ['--scenario', scenario.name]
      const child = spawn(
        process.execPath,
        ['--import', import.meta.resolve('tsx'), main, command, ...args, ...named],
        {
          cwd: project,
          env,
          signal,
          stdio: ['ignore', 'pipe', 'pipe'],
        },
      )
      let said = ''
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (chunk) => {
          said += chunk
        })
      return new Promise((resolve, reject) => {
        child.on('error', reject)
        child.on('close', (is) => {
          if (is === code) resolve(said.trimEnd())
          else
            reject(
              new Error(
                `phaseproof ${[command, ...args].join(' ')} ended with ${is} instead of ${code}:\n${said}`,
              ),
            )
        })
      })
    },
  }
}

function tell(line: string): void {
  process.stdout.write(`${line}\n`)
}

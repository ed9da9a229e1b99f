import { join } from 'node:path'
import { type RunningPostgres, silentProgress } from '../harness/model/ports.ts'
import { withPostgres } from '../harness/postgres/start-postgres.ts'
import { loadSnapshot } from '../harness/snapshot/load-snapshot.ts'
import { readSnapshot } from '../harness/snapshot/read-snapshot.ts'
import { readPlan } from '../harness/stories/read-plan.ts'
import { makeTemporaryCacheFolder } from '../harness/testing/temporary-cache-folder.ts'
import { stagePhase } from '../harness/tool/stage-phase.ts'
import tcc from '../scenarios/tcc-catch-up/scenario.ts'
import { type Comparison, sideBySide, timed } from './measure.ts'
import { loadRaw, replayRaw, withClient } from './raw.ts'

const RUNS = 7
let names = 0

/** Measures parts of a run beside the same work done by hand, on one embedded server. */
export async function measureInside(project: string): Promise<Comparison[]> {
  const { folder: cacheFolder, remove } = makeTemporaryCacheFolder()
  try {
    return await withPostgres('embedded', { cacheFolder, progress: silentProgress }, async (server) => [
      await compareLoad(server, project),
      await compareReplay(server, project),
      await compareClone(server, project),
    ])
  } finally {
    remove()
  }
}

async function compareLoad(server: RunningPostgres, project: string): Promise<Comparison> {
  const snapshot = await readSnapshot(join(project, tcc.snapshot ?? ''))
  const measured = await sideBySide(
    RUNS,
    () =>
      withDatabase(server, null, (url) =>
        timed(() => loadSnapshot(snapshot, url, { progress: silentProgress })),
      ),
    () =>
      withDatabase(server, null, (url) =>
        timed(() => withClient(url, (client) => loadRaw(snapshot, client))),
      ),
  )
  return {
    what: 'snapshot load',
    ...measured,
    against: 'one pg connection, COPY after COPY',
    aim: 'at most 1.0',
  }
}

async function compareReplay(server: RunningPostgres, project: string): Promise<Comparison> {
  const { tool, migrations } = await readPlan(tcc, tcc.phases.length, project)
  const template = await seal(server, project)
  const recorded = tcc.phases.flatMap((phase) => phase.recorded ?? [])
  const replay = async (connectionString: string) => {
    const names: string[] = []
    for (const phase of tcc.phases) {
      names.push(...phase.migrations)
      const staged = stagePhase(migrations, recorded, names)
      const { failure } = await tool.apply({
        connectionString,
        migrations: staged,
        expectedNew: phase.migrations,
      })
      if (failure) throw new Error(failure.message)
    }
  }
  const measured = await sideBySide(
    RUNS,
    () => withDatabase(server, template, (url) => timed(() => replay(url))),
    () =>
      withDatabase(server, template, (url) =>
        timed(() => withClient(url, (client) => replayRaw(tcc, migrations, client))),
      ),
  )
  return {
    what: 'replay of nine phases through Prisma',
    ...measured,
    against: 'the same files on one pg connection',
    aim: 'no aim: nine engine sessions and the history',
  }
}

async function compareClone(server: RunningPostgres, project: string): Promise<Comparison> {
  const template = await seal(server, project)
  const clone = async () => {
    const name = nextName()
    const durationMs = await timed(() => server.createDatabase(name, { mark: 'bench', template }))
    await server.dropDatabase(name)
    return durationMs
  }
  const bare = async () => {
    const name = nextName()
    const admin = server.address.url
    const durationMs = await withClient(admin, (client) =>
      timed(() => client.query(`CREATE DATABASE "${name}" TEMPLATE "${template}" STRATEGY FILE_COPY`)),
    )
    await withClient(admin, (client) => client.query(`DROP DATABASE "${name}"`))
    return durationMs
  }
  return {
    what: 'clone of a checkpoint',
    ...(await sideBySide(RUNS, clone, bare)),
    against: 'bare CREATE DATABASE … TEMPLATE',
    aim: 'about 1.0',
  }
}

async function seal(server: RunningPostgres, project: string): Promise<string> {
  const name = nextName()
  await server.createDatabase(name, { mark: 'bench' })
  const snapshot = await readSnapshot(join(project, tcc.snapshot ?? ''))
  await loadSnapshot(snapshot, server.connectionString(name), { progress: silentProgress })
  await server.sealDatabase(name, 'bench')
  return name
}

async function withDatabase<T>(
  server: RunningPostgres,
  template: string | null,
  use: (url: string) => Promise<T>,
): Promise<T> {
  const name = nextName()
  await server.createDatabase(name, { mark: 'bench', ...(template === null ? {} : { template }) })
  try {
    return await use(server.connectionString(name))
  } finally {
    await server.dropDatabase(name)
  }
}

function nextName(): string {
  names += 1
  return `phaseproof_bench_${names}`
}

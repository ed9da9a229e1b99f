import { existsSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { HarnessError } from '../../model/error.ts'
import type { ToolProject } from '../../model/tool.ts'
import { finders } from '../../tool/finders.ts'
import { findPackageManager } from './find-package-manager.ts'
import { type FoundServer, findServers } from './find-server.ts'
import { findStarts } from './find-snapshots.ts'
import { findTestRunner } from './find-test-runner.ts'
import { listPackages } from './list-packages.ts'
import type { Repository } from './propose-changes.ts'

/** Puts a choice to a person; resolves to the index of the answer, or null when nobody can be asked. */
export type Choose = (question: string, answers: readonly string[]) => Promise<number | null>

/** What a person has said already. */
interface SurveyRequest {
  readonly root: string
  /** Schema file or folder, relative to the root. */
  readonly schema?: string
  /** Leave the server out. */
  readonly databaseOnly: boolean
  readonly choose: Choose
}

/**
 * Looks what a repository has: its migration tool, server, test runner, package manager, snapshots. Asks at most which project and
 * which server.
 * @throws usage when there is no project of a tool we know, several and nobody to ask, or one not supported; snapshot-invalid
 */
export async function survey(request: SurveyRequest): Promise<Repository> {
  const { root } = request
  const packages = listPackages(root)
  const project = await chooseProject(packages, request)
  return {
    root,
    project,
    server: await chooseServer(findServers(root, packages), request),
    runner: findTestRunner(root),
    manager: findPackageManager(root),
    starts: await findStarts(root, project),
  }
}

async function chooseProject(
  packages: readonly string[],
  { root, schema, choose }: SurveyRequest,
): Promise<ToolProject> {
  if (schema !== undefined) return readNamedProject(root, schema)
  const found = await Promise.all(packages.map((folder) => findProject(root, folder)))
  const projects = found.filter((project) => project !== null)
  const [only] = projects
  if (only && projects.length === 1) return only
  const schemas = projects.map((project) => project.schema)
  const signs = Object.values(finders)
    .map(({ signs }) => signs)
    .join(', ')
  if (projects.length === 0)
    throw refuse(
      `Look for a migration tool in ${root}: no ${signs} in ${packages.map((folder) => (folder === '.' ? 'the root' : folder)).join(', ')}.`,
      'Run it in the root of the repository, or name the schema: phaseproof init --schema <file or folder>.',
    )
  const answer = await choose('Which schema is to be proven?', schemas)
  const chosen = answer === null ? undefined : projects[answer]
  if (chosen) return chosen
  throw refuse(
    `Look for a migration tool in ${root}: there are ${projects.length} schemas: ${schemas.join(', ')}.`,
    `Name one: phaseproof init --schema ${schemas[0]}.`,
  )
}

async function readNamedProject(root: string, schema: string): Promise<ToolProject> {
  const path = resolve(root, schema)
  const shown = relative(root, path).split(sep).join('/')
  let folder = dirname(path)
  while (!existsSync(join(folder, 'package.json')) && folder !== root && folder !== dirname(folder))
    folder = dirname(folder)
  const project = existsSync(path)
    ? await findProject(root, relative(root, folder).split(sep).join('/') || '.', shown)
    : null
  if (project) return project
  throw refuse(
    `Look for the schema ${shown} in ${root}: there is none.`,
    'Name a file or folder that is there.',
  )
}

/** The project of the first tool that has one in the package. */
async function findProject(root: string, folder: string, schema?: string): Promise<ToolProject | null> {
  for (const finder of Object.values(finders)) {
    const project = await finder.findProject(root, folder, schema)
    if (project) return project
  }
  return null
}

async function chooseServer(
  servers: readonly FoundServer[],
  { databaseOnly, choose }: SurveyRequest,
): Promise<FoundServer | null> {
  if (databaseOnly || servers.length === 0) return null
  const described = servers.map(
    ({ framework, folder, script, healthPath }) =>
      `${framework} in ${folder === '.' ? 'the root' : folder}: npm run ${script}, health ${healthPath}`,
  )
  const answer = await choose('Which server shall contracts run against?', [
    ...described,
    'none: the database only',
  ])
  return servers[answer ?? 0] ?? null
}

function refuse(message: string, remedy: string): HarnessError<'usage'> {
  return new HarnessError('usage', message, remedy, { faults: [message] })
}

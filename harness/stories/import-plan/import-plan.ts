import { existsSync, readFileSync } from 'node:fs'
import { basename, isAbsolute, relative, resolve, sep } from 'node:path'
import { HarnessError } from '../../model/error.ts'
import type { ToolProject } from '../../model/tool.ts'
import { finders } from '../../tool/finders.ts'
import { openTool } from '../../tool/tools.ts'
import { type FileChange, readText } from '../init/file-change.ts'
import { findStarts } from '../init/find-snapshots.ts'
import { renderServer, type ScenarioStart } from '../init/render-scenario.ts'
import { type Choose, survey } from '../init/survey.ts'
import { parsePlan } from './parse-plan.ts'
import { type PlacedPhase, placePhases } from './place-phases.ts'
import { readSql } from './read-sql.ts'
import { renderFiles } from './render-files.ts'
import type { Unread } from './written-plan.ts'

/** What a person says of the plan to import; paths are relative to the root. */
export interface ImportRequest {
  readonly root: string
  readonly document: string
  /** Name of the scenario; left out: that of the document. */
  readonly scenario?: string
  /** Folder of migrations, where the project of a tool is not to be looked for. */
  readonly migrations?: string
  /** Folder of the snapshot; left out: the only one, or an empty database where there is none. */
  readonly snapshot?: string
  readonly schema?: string
  readonly choose: Choose
}

/** A scenario made from a plan, before anything is written. */
export interface ImportedPlan {
  readonly scenario: string
  readonly phases: readonly PlacedPhase[]
  /** What nobody could read, and what plan, folder and history do not agree on; by line. */
  readonly notes: readonly Unread[]
  /** Text of no phase, by the heading it stands under; nothing was taken from it. */
  readonly prose: readonly Unread[]
  /** New files. */
  readonly changes: readonly FileChange[]
  /** Files that are there already and say something else: they are left as they are. */
  readonly kept: readonly string[]
}

/**
 * Makes the skeleton of a scenario from a plan document, and says what it could not read. Writes nothing.
 * @throws usage when document, phases, migrations or the one snapshot are not found; snapshot-invalid, plan-invalid
 */
export async function importPlan(request: ImportRequest): Promise<ImportedPlan> {
  const { root } = request
  const path = resolve(root, request.document)
  const document = isAbsolute(request.document) ? basename(path) : relative(root, path).split(sep).join('/')
  if (!existsSync(path))
    throw refuse(`Read the plan ${document}: there is no such file.`, 'Name a Markdown file.')
  const written = await parsePlan(readFileSync(path, 'utf8'))
  if (written.phases.length === 0)
    throw refuse(
      `Read the plan ${document}: it has no phases that we can tell apart.`,
      'Begin each with a heading such as "## Phase 1: Foundation", or list them in a table with a column "Phase".',
    )
  const scenario = request.scenario ?? toName(document)
  const { project, server } = await findProject(request)
  const start = chooseStart(await findStarts(root, project), request.snapshot)
  const place = { scenario, projectRoot: root, migrations: project.migrations }
  const tool = await openTool({ name: project.tool }, place)
  const migrations = await tool.listMigrations(resolve(root, project.migrations), root)
  const read = await Promise.all(written.phases.map(readSql))
  const placed = placePhases(
    { ...written, phases: read.map(({ phase }) => phase) },
    { folder: migrations.map(({ name }) => name), recorded: new Set(start.recorded) },
  )
  const files = renderFiles(
    {
      name: scenario,
      title: written.title || scenario,
      document,
      snapshot: start.snapshot,
      migrations: project.migrations,
      tool: project.tool,
      schema: project.schema,
      server,
    },
    placed,
  )
  const all = files.map((file): FileChange => ({ ...file, before: readText(root, file.path) }))
  const notes = [...written.unread, ...read.flatMap(({ unread }) => unread), ...placed.notes]
  return {
    scenario,
    phases: placed.phases,
    notes: notes.sort((left, right) => (left.line ?? Infinity) - (right.line ?? Infinity)),
    prose: written.prose,
    changes: all.filter(({ before }) => before === null),
    kept: all.filter(({ before, after }) => before !== null && before !== after).map(({ path }) => path),
  }
}

type Project = Pick<ToolProject, 'tool' | 'migrations'> & { readonly schema: string | null }

async function findProject(request: ImportRequest): Promise<{ project: Project; server: string }> {
  const { root, migrations, schema, choose } = request
  if (migrations !== undefined) {
    const [tool = ''] = Object.keys(finders)
    return { project: { tool, migrations, schema: schema ?? null }, server: '' }
  }
  const found = await survey({
    root,
    databaseOnly: false,
    choose,
    ...(schema === undefined ? {} : { schema }),
  })
  return { project: found.project, server: renderServer(found.server) }
}

function chooseStart(starts: readonly ScenarioStart[], snapshot: string | undefined): ScenarioStart {
  const wanted = snapshot?.replace(/\/$/, '')
  const [only] = wanted === undefined ? starts : starts.filter((start) => start.snapshot === wanted)
  if (only !== undefined && (wanted !== undefined || starts.length === 1)) return only
  const names = starts.map((start) => start.snapshot).join(', ')
  throw refuse(
    wanted === undefined
      ? `Choose the snapshot that the plan is proven on: there are several: ${names}.`
      : `Take the snapshot ${wanted}: there is none; found ${names}.`,
    'Name one: --snapshot <folder>.',
  )
}

function toName(document: string): string {
  const name = basename(document)
    .replace(/\.[^.]*$/, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
  return name.replaceAll(/^-|-$/g, '') || 'plan'
}

function refuse(message: string, remedy: string): HarnessError<'usage'> {
  return new HarnessError('usage', message, remedy, { faults: [message] })
}

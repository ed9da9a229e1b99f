import type { ToolProject } from '../../model/tool.ts'
import { extendVitestConfig } from './extend-vitest-config.ts'
import { type FileChange, readText } from './file-change.ts'
import type { PackageManager } from './find-package-manager.ts'
import type { FoundServer } from './find-server.ts'
import type { TestRunner } from './find-test-runner.ts'
import { renderScenario, type ScenarioStart } from './render-scenario.ts'
import { renderWorkflow } from './render-workflow.ts'

/** What was found in a repository, or said by a person. */
export interface Repository {
  readonly root: string
  readonly project: ToolProject
  /** Null: the database only. */
  readonly server: FoundServer | null
  readonly runner: TestRunner
  readonly manager: PackageManager
  /** One per scenario to write. */
  readonly starts: readonly ScenarioStart[]
}

const OWN_CONFIG = `import { phaseproofConfig } from 'phaseproof/vitest'

/** Runs the phases of the scenarios; the repository's own tests are left to their own runner. */
export default phaseproofConfig()
`

/** The files that make a repository provable, at most a handful; what is there already is left as it is. */
export async function proposeChanges(repository: Repository): Promise<readonly FileChange[]> {
  const { root, project, server, starts, manager } = repository
  const scenarios = starts.map((start) =>
    toNew(
      root,
      `scenarios/${start.name}/scenario.ts`,
      'what is proven',
      renderScenario(start, project, server),
    ),
  )
  return [
    ...scenarios,
    await toRunnerChange(repository),
    toScriptChange(root),
    toNew(
      root,
      '.github/workflows/phaseproof.yml',
      'proves it on each pull request',
      renderWorkflow(manager),
    ),
    toIgnoreChange(root),
  ].filter((change) => change !== null)
}

function toNew(root: string, path: string, purpose: string, after: string): FileChange | null {
  return readText(root, path) === null ? { path, purpose, before: null, after } : null
}

async function toRunnerChange({ root, runner }: Repository): Promise<FileChange | null> {
  const own = toNew(root, 'phaseproof.vitest.config.mts', 'runs the phases beside your own tests', OWN_CONFIG)
  if (runner.kind === 'other') return own
  const before = readText(root, runner.config) ?? ''
  const after = await extendVitestConfig(runner.config, before)
  if (after === null) return own
  return after === before
    ? null
    : { path: runner.config, purpose: 'runs the phases as a project', before, after }
}

function toScriptChange(root: string): FileChange | null {
  const before = readText(root, 'package.json')
  if (before === null) return null
  const manifest = JSON.parse(before) as { scripts?: Record<string, string> }
  if (manifest.scripts?.phaseproof !== undefined) return null
  const indent = /^([ \t]+)"/m.exec(before)?.[1] ?? '  '
  const scripts = { ...manifest.scripts, phaseproof: 'phaseproof regression' }
  const after = `${JSON.stringify({ ...manifest, scripts }, null, indent)}\n`
  return { path: 'package.json', purpose: 'a script', before, after }
}

function toIgnoreChange(root: string): FileChange | null {
  const before = readText(root, '.gitignore')
  const missing = ['.phaseproof', 'reports'].filter(
    (folder) => before?.split(/\r?\n/).some((line) => line.replace(/^\/|\/$/g, '') === folder) !== true,
  )
  if (missing.length === 0) return null
  const lines = missing.map((folder) => `${folder}/\n`).join('')
  const after = before === null || before === '' ? lines : `${before.replace(/\n*$/, '\n')}${lines}`
  return { path: '.gitignore', purpose: 'databases and proofs of earlier runs', before, after }
}

import { readdirSync } from 'node:fs'
import { extname, join } from 'node:path'
import type { Plugin } from 'vite'
import type { TestProjectInlineConfiguration } from 'vitest/config'
import { contractFiles, leftOutPatterns } from './left-out-patterns.ts'
import type { Assignment } from './provided.ts'
import { readRunOptions } from './run-options.ts'

/** What a project of Vitest that proves a scenario is told. */
interface ProjectOptions {
  /** Folder below `scenarios/`; left out: the only one there, or the first by name. */
  readonly scenario?: string
  /** Environment of the test workers, so of a server that runs in them. */
  readonly env?: Readonly<Record<string, string>>
}

/** Name of the project, as in `vitest --project scenario`. */
export const projectName = 'scenario'

// The package that people install holds the same files compiled.
const ourFile = (name: string) => join(import.meta.dirname, `${name}${extname(import.meta.filename)}`)

/** What a verdict rests on is data as much as code: an edit of any of it runs the phases again. */
const triggers = ['**/migrations/**', '**/snapshots/*/manifest.json', '**/scenarios/**/*.{ts,sql,yaml}']

/**
 * The project of Vitest in which a scenario is proven: everything it needs, for a `vitest.config.ts` and for the command line. All
 * paths of ours are absolute, so it does not matter where this package lies.
 */
export function phaseproofProject(options: ProjectOptions = {}): TestProjectInlineConfiguration {
  return {
    plugins: [assign(options)],
    test: {
      name: projectName,
      env: { ...options.env },
      globalSetup: [ourFile('scenario-setup')],
      setupFiles: [ourFile('worker-setup')],
      // Ours goes through Vite wherever it lies: so it reads TypeScript of the user, and means the Vitest that runs.
      server: { deps: { inline: ['phaseproof', /\/phases\.suite\.[jt]s$/] } },
      // Each contract has a clone and a server of its own; loading the code anew for each file would take longer than they do.
      isolate: false,
      // What fails once and passes then is not decided, however often it is tried.
      retry: 0,
      testTimeout: 120_000,
      hookTimeout: 120_000,
    },
  }
}

/** Gives the project its assignment once Vitest knows its root: that of the command line, or what the environment says. */
function assign({ scenario }: ProjectOptions): Plugin {
  return {
    name: 'phaseproof',
    configureVitest({ vitest, project }) {
      const { root } = vitest.config
      const given = vitest.config.provide.phaseproof
      const options = given?.options ?? readRunOptions(process.env, scenario ?? firstScenario(root))
      const assignment: Assignment = { root, options }
      project.provide('phaseproof', assignment)
      project.config.include = [ourFile('phases.suite'), `scenarios/${options.scenario}/**/${contractFiles}`]
      project.config.exclude = ['scenarios/**/node_modules/**', ...leftOutPatterns(assignment)]
      for (const trigger of triggers) {
        if (!vitest.config.forceRerunTriggers.includes(trigger))
          vitest.config.forceRerunTriggers.push(trigger)
      }
      // The command line that hands over a finished replay draws the verdict itself.
      if (vitest.config.provide.scenarioRunFile !== undefined) return
      const reporter = ourFile('proof-reporter')
      const isListed = vitest.config.reporters.some((entry) => Array.isArray(entry) && entry[0] === reporter)
      if (!isListed) vitest.config.reporters.push([reporter, {}])
    },
  }
}

function firstScenario(root: string): string {
  try {
    return (
      readdirSync(join(root, 'scenarios'), { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && entry.name !== 'broken')
        .map(({ name }) => name)
        .sort()[0] ?? ''
    )
  } catch {
    return ''
  }
}

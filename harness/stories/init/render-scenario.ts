import type { ToolProject } from '../../model/tool.ts'
import type { FoundServer } from './find-server.ts'

/** What a scenario that `init` writes starts from. */
export interface ScenarioStart {
  readonly name: string
  /** Folder of a snapshot; null for an empty database. */
  readonly snapshot: string | null
  /** Migrations that the snapshot's history holds. */
  readonly recorded: readonly string[]
}

/** Text of a `scenario.ts` whose only phase holds everything that is pending. */
export function renderScenario(
  { name, snapshot, recorded }: ScenarioStart,
  project: ToolProject,
  server: FoundServer | null,
): string {
  const where = snapshot === null ? 'on an empty database' : `on ${snapshot}`
  return `import { definePhase, defineScenario, sameSchemaAs } from 'phaseproof'

/** All pending migrations ${where}: they must apply and lead to the schema that the application is written for. */
export default defineScenario({
  name: '${name}',
  title: 'All pending migrations ${where}',
  snapshot: ${snapshot === null ? 'null' : `'${snapshot}'`},
  migrations: '${project.migrations}',
  tool: { name: '${project.tool}' },
  target: { schema: '${project.schema}' },
${renderRecorded(recorded)}${renderServer(server)}  phases: [
    definePhase({
      id: 1,
      name: '01-pending',
      title: 'Everything pending',
      goal: 'Lead the database to the schema of the application',
      risk: 'medium',
      dependsOn: [],
      estimateMinutes: 10,
      // Whatever lies in the folder and is not recorded; \`phaseproof plan\` proposes phases instead.
      migrations: 'pending',
      changes: ['*'],
      expect: [sameSchemaAs('target-schema', { beyondTheFile: 'allowed' })],
    }),
  ],
})
`
}

function renderRecorded(recorded: readonly string[]): string {
  if (recorded.length === 0) return ''
  return `  recorded: [\n${recorded.map((name) => `    '${name.replaceAll("'", "\\'")}',\n`).join('')}  ],\n`
}

/** The command runs in the scenario's folder, two below the root, and is given DATABASE_URL and PORT. */
export function renderServer(server: FoundServer | null): string {
  if (server === null) return ''
  const place = server.folder === '.' ? '../..' : `../../${server.folder}`
  const command = ['npm', '--prefix', place, 'run', server.script].map((word) => `'${word}'`).join(', ')
  return `  // ${server.framework}; started for contracts only, with DATABASE_URL and PORT in its environment.
  server: { command: [${command}], healthPath: '${server.healthPath}' },
`
}

import { basename, dirname, join } from 'node:path'
import { inject } from 'vitest'
import type { ApiDocument } from '../contract/api-document.ts'
import type { RunReach, TrialDepth } from '../contract/trials-of.ts'
import { fetchDenied } from '../inspect/fetch-denied.ts'
import { withDatabase } from '../inspect/with-database.ts'
import type { DeniedRight } from '../model/finding.ts'
import type { RunOptions } from '../model/run-options.ts'
import type { Phase, Scenario } from '../model/scenario.ts'
import type { SchemaModel } from '../model/schema-model.ts'
import { openDatabases } from '../postgres/databases.ts'
import { type Checkpoints, openCheckpoints } from '../stories/checkpoints.ts'
import { readDocument } from '../stories/read-document.ts'
import { type Reuse, readReuse } from './read-reuse.ts'
import { readRun } from './read-run.ts'
import { scenarioOf } from './scenario-of.ts'
import './provided.ts'

/** What the contracts of one worker share. */
export interface ContractPlace {
  readonly scenario: Scenario
  /** The project's root, absolute. */
  readonly root: string
  readonly options: RunOptions
  readonly reach: RunReach
  /** The OpenAPI document; null when the scenario names none. */
  readonly document: ApiDocument | null
  /** The document of an earlier server; null when it names none. */
  documentOf(server: string): ApiDocument | null
  /** Outcomes of earlier runs. */
  readonly reuse: Reuse
  readonly checkpoints: Checkpoints
  /** Connection string of a database of the run, as one of its roles; left out: the superuser. */
  connectionString(database: string, role?: string): string
  /** Name of the sealed database after a phase that was reached; 0: the snapshot as it was loaded. */
  databaseAfter(checkpoint: number): string
  /** What the app's role may not read in a clone of that state; nothing where the server connects as the superuser. */
  fetchDenied(checkpoint: number, url: string): Promise<readonly DeniedRight[]>
}

/**
 * Opens what the contracts of a worker need. Its connections end with the worker.
 * @throws document-invalid, usage
 */
export async function openContractPlace(): Promise<ContractPlace> {
  const assignment = inject('phaseproof')
  const { root, options } = assignment
  const scenario = await scenarioOf(assignment)
  const run = readRun()
  const sealed = run.phases.filter(({ replay }) => replay.failure === null)
  const server = await openDatabases(inject('postgresAddress'))
  const checkpoints = openCheckpoints(server, scenario.name, join(root, '.phaseproof'), run.roles)
  const earlier = Object.entries(scenario.earlierServers ?? {})
  // Parsing one takes a quarter of a second, which outcomes of earlier runs need not pay.
  const documents = new Map<string | undefined, ApiDocument | null>()
  const documentOf = (server: string | undefined) => {
    let document = documents.get(server)
    if (document === undefined) {
      const place = server === undefined ? scenario.contract : scenario.earlierServers?.[server]
      document = readDocument(root, scenario.name, place?.document)
      documents.set(server, document)
    }
    return document
  }
  const stateAfter = (checkpoint: number) => {
    const before = run.phases.find(({ phase }) => phase === checkpoint + 1)?.before
    const state = sealed.find(({ phase }) => phase === checkpoint)?.after ?? before
    if (state === undefined) throw new Error(`phase ${checkpoint} has no checkpoint in this run`)
    return state
  }
  return {
    scenario,
    root,
    options,
    reach: {
      reached: sealed.map(({ phase }) => phase),
      depth: depthOf(options),
      earlier: earlier.map(([name, { until }]) => ({ name, until })),
    },
    get document() {
      return documentOf(undefined)
    },
    documentOf,
    reuse: readReuse(scenario, run),
    checkpoints,
    connectionString: (database, role) => server.connectionString(database, role),
    databaseAfter: (checkpoint) => stateAfter(checkpoint).database,
    async fetchDenied(checkpoint, url) {
      const { app } = run.roles
      if (app === null) return []
      const tables = namesOf(stateAfter(checkpoint))
      const known = new Set(run.phases[0] ? namesOf(run.phases[0].before) : [])
      return withDatabase(url, async (client) => {
        // What the app could not read in production either is hardly why something fails now.
        const ofNew = tables.filter((name) => !known.has(name))
        const denied = await fetchDenied(client, app, ofNew)
        return denied.length > 0 ? denied : fetchDenied(client, app, tables)
      })
    },
  }
}

function namesOf({ schema }: { readonly schema: SchemaModel }): readonly string[] {
  return schema.tables.map(({ namespace, name }) => `${namespace}.${name}`)
}

/** One phase is proven quickly, all of them in full, and after an edit of the schema nothing is left out. */
function depthOf({ thorough, upTo }: RunOptions): TrialDepth {
  if (thorough) return 'every-later'
  return upTo === 'all' ? 'each' : 'newest'
}

/** The phase whose folder holds the file; a contract outside every phase would belong to no verdict. */
export function phaseOf(file: string, scenario: Scenario): Phase {
  const folder = basename(dirname(file))
  const phase = scenario.phases.find(({ name }) => name === folder)
  if (phase) return phase
  throw new Error(
    `${file} lies in no phase of ${scenario.name}: its folder must be one of ${scenario.phases.map(({ name }) => name).join(', ')}`,
  )
}

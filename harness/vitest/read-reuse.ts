import { readFileSync, realpathSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { inject } from 'vitest'
import { toOutcomeKey } from '../contract/reuse/to-outcome-key.ts'
import type { ContractTrial } from '../model/contract.ts'
import type { KeptOutcome, ReuseGround } from '../model/reuse.ts'
import type { ScenarioRun } from '../model/run.ts'
import type { Scenario, ServerSpec } from '../model/scenario.ts'
import { reuseFile } from './run-file.ts'
import './provided.ts'

/** What is known of a test from earlier runs. */
export interface EarlierOutcome {
  /** Key under which its outcome may be kept; null when it must always run. */
  readonly key: string | null
  /** What it passed with under the very same conditions; null when it has to run. */
  readonly kept: KeptOutcome | null
}

/** A test file as Vitest collects it. */
interface CollectedFile {
  readonly filepath: string
}

/** Looks outcomes of earlier runs up. */
export interface Reuse {
  /** A run of a contract, asked for while its file is collected. */
  ofContract(file: CollectedFile, title: string, trial: ContractTrial): EarlierOutcome
  /** The call of every endpoint after a phase; `generated` bounds and draws generated cases, null: each is called once with valid input. */
  ofEndpoints(phase: number, generated: object | null): EarlierOutcome
  /**
   * A phase applied beneath running servers.
   * @param files the test files whose contracts are tried, absolute
   * @param requests what else decides how it is tried
   */
  ofLive(phase: number, files: readonly string[], requests: object): EarlierOutcome
}

const unknown: EarlierOutcome = { key: null, kept: null }

/** The outcomes of earlier runs that were handed to this worker; none where nothing was. */
export function readReuse(scenario: Scenario, run: ScenarioRun): Reuse {
  const ground = readGround()
  if (ground === null) return { ofContract: () => unknown, ofEndpoints: () => unknown, ofLive: () => unknown }
  const { root } = inject('phaseproof')
  const seen = new WeakMap<object, Map<string, number>>()
  const find = (key: string): EarlierOutcome => ({ key, kept: ground.kept[key] ?? null })
  const { postgres, conditions } = ground
  const { tests } = conditions
  return {
    ofContract(collected, title, trial) {
      const file = collected.filepath
      const source = tests[file] ?? tests[realpathSync(file)]
      const checkpoint = keyAfter(run, trial.checkpoint)
      const server = serverOf(scenario, trial.server)
      if (source === undefined || checkpoint === null || server === null) return unknown
      const test = {
        file: relative(root, file),
        name: title,
        ordinal: toOrdinal(seen, collected, title, trial),
      }
      return find(toOutcomeKey({ source, test, trial, checkpoint, server, postgres }))
    },
    ofEndpoints(phase, generated) {
      const checkpoint = keyAfter(run, phase)
      const server = serverOf(scenario, undefined)
      if (checkpoint === null || server === null) return unknown
      const test = { file: '', name: 'endpoints', ordinal: 0 }
      const trial = { phase, requests: generated }
      // Generated cases are excused by what later migrations bring; a call with valid input is not.
      const source = generated === null ? '' : ground.migrations
      return find(toOutcomeKey({ source, test, trial, checkpoint, server, postgres }))
    },
    ofLive(phase, files, requests) {
      const checkpoint = keyAfter(run, phase)
      const servers = [undefined, ...Object.keys(scenario.earlierServers ?? {})].map((name) =>
        serverOf(scenario, name),
      )
      const sources = files.map((file) => tests[file] ?? tests[realpathSync(file)])
      const [server = null] = servers
      if (
        checkpoint === null ||
        server === null ||
        servers.includes(null) ||
        sources.some((one) => one === undefined)
      )
        return unknown
      const test = { file: '', name: 'live', ordinal: 0 }
      const trial = { phase, requests: { ...requests, servers } }
      const source = JSON.stringify(sources)
      return find(toOutcomeKey({ source, test, trial, checkpoint, server, postgres }))
    },
  }
}

function readGround(): ReuseGround | null {
  try {
    return JSON.parse(readFileSync(join(dirname(inject('scenarioRunFile')), reuseFile), 'utf8'))
  } catch {
    return null
  }
}

/** Key of the state after a phase; 0: of the snapshot as it was loaded. */
function keyAfter(run: ScenarioRun, phase: number): string | null {
  const sealed = run.phases.filter(({ replay }) => replay.failure === null)
  const state = phase === 0 ? run.phases[0]?.before : sealed.find((entry) => entry.phase === phase)?.after
  return state?.key ?? null
}

/** A module's code lies in the project; that of a command or behind a URL is not known. */
function serverOf({ server, earlierServers }: Scenario, name: string | undefined): ServerSpec | null {
  const spec = name === undefined ? server : earlierServers?.[name]?.server
  return spec !== undefined && 'module' in spec ? spec : null
}

/** Tests of one title in one file are told apart by their order. */
function toOrdinal(
  seen: WeakMap<object, Map<string, number>>,
  collected: CollectedFile,
  title: string,
  trial: ContractTrial,
): number {
  const counts = seen.get(collected) ?? new Map<string, number>()
  seen.set(collected, counts)
  const name = JSON.stringify([title, trial])
  const ordinal = counts.get(name) ?? 0
  counts.set(name, ordinal + 1)
  return ordinal
}

import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { PostgresChoice } from '../model/ports.ts'
import type { Scenario } from '../model/scenario.ts'
import { parsePostgresChoice } from '../postgres/parse-choice.ts'

/** What a run proves and how; crosses from the command line to Vitest's set-ups in the environment. */
export interface RunOptions {
  readonly scenario: string
  /** Last phase, or all. */
  readonly upTo: number | 'all'
  readonly postgres: PostgresChoice
  readonly fresh: boolean
  readonly strict: boolean
  readonly keep: 'nothing' | 'failed' | 'all'
  /** Run the API contracts too; without them nothing is proven where the scenario has a server. */
  readonly contracts: boolean
  /** Contracts after every later phase, not only the newest; the last phase compared with the linear replay, asked for or not. */
  readonly thorough: boolean
  /** Multiply rows of the snapshot: what stood behind `--scale`, empty for all tables. */
  readonly scale?: string
}

export const defaultRunOptions: RunOptions = {
  scenario: 'tcc-catch-up',
  upTo: 'all',
  postgres: 'auto',
  fresh: false,
  strict: false,
  keep: 'failed',
  contracts: true,
  thorough: false,
}

const VARIABLE = 'PHASEPROOF_RUN'

/** Puts the options where `readRunOptions` finds them, in this process and its children. */
export function setRunOptions(options: RunOptions): void {
  process.env[VARIABLE] = JSON.stringify(options)
}

/** The options of this run; without any, those of a plain `vitest`, with PHASEPROOF_POSTGRES as the choice of server. */
export function readRunOptions(): RunOptions {
  const text = process.env[VARIABLE]
  if (text !== undefined) return JSON.parse(text) as RunOptions
  return { ...defaultRunOptions, postgres: parsePostgresChoice(process.env.PHASEPROOF_POSTGRES ?? 'auto') }
}

/**
 * What this run leaves out, as patterns: folders of phases beyond its last one (those without a number are never left out), and
 * all contracts if it runs none.
 */
export function leftOutPatterns({ scenario, upTo, contracts }: RunOptions, projectRoot: string): string[] {
  if (!contracts) return ['**/*.contract.test.ts']
  if (upTo === 'all') return []
  let folders: string[]
  try {
    folders = readdirSync(join(projectRoot, 'scenarios', scenario, 'phases'))
  } catch {
    return []
  }
  return folders
    .filter((name) => Number.parseInt(name, 10) > upTo)
    .map((name) => `scenarios/${scenario}/phases/${name}/**`)
}

/** The scenario as this run judges it: with the comparison to the linear replay after its last phase, if the run asks for it. */
export function toScenarioOf({ thorough }: RunOptions, scenario: Scenario): Scenario {
  const last = scenario.phases.at(-1)
  const states = last?.expect.some((entry) => entry.kind === 'same-schema' && entry.reference === 'linear')
  if (!thorough || !last || states) return scenario
  const expect = [...last.expect, { kind: 'same-schema' as const, reference: 'linear' as const }]
  return { ...scenario, phases: [...scenario.phases.slice(0, -1), { ...last, expect }] }
}

import type { RunOptions } from '../model/run-options.ts'
import { parsePostgresChoice } from '../postgres/parse-choice.ts'
import { readCaseOptions } from './case-options.ts'

/**
 * The options of a run for which nobody gave any, as of a plain `vitest`: PHASEPROOF_POSTGRES chooses the server, PHASEPROOF_SEED
 * and PHASEPROOF_PROBES the generated requests.
 * @throws usage when a variable holds something else
 */
export function readRunOptions(env: NodeJS.ProcessEnv, scenario: string): RunOptions {
  return {
    scenario,
    upTo: 'all',
    postgres: parsePostgresChoice(env.PHASEPROOF_POSTGRES ?? 'auto'),
    fresh: false,
    strict: false,
    keep: env.CI ? 'nothing' : 'failed',
    contracts: true,
    thorough: false,
    cases: readCaseOptions(env),
  }
}

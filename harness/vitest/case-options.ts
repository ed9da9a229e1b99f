import { HarnessError } from '../model/error.ts'
import type { CaseOptions } from '../model/run-options.ts'

/** Bounds that keep the generated cases of a document of 200 operations well below a minute. */
export const quickCases = { statedPerOperation: 10, randomPerOperation: 4 } as const

/** A proof is to come out the same twice: other requests are drawn by setting PHASEPROOF_SEED. */
const defaultSeed = 20260106

/**
 * What is sent to every endpoint besides valid input: PHASEPROOF_SEED draws other requests, PHASEPROOF_PROBES multiplies their
 * number for a longer run.
 * @throws usage when either is no positive whole number
 */
export function readCaseOptions(env: NodeJS.ProcessEnv): CaseOptions {
  const factor = readNumber(env, 'PHASEPROOF_PROBES', 1)
  return {
    statedPerOperation: quickCases.statedPerOperation * factor,
    randomPerOperation: quickCases.randomPerOperation * factor,
    seed: readNumber(env, 'PHASEPROOF_SEED', defaultSeed),
  }
}

function readNumber(env: NodeJS.ProcessEnv, name: string, otherwise: number): number {
  const text = env[name]
  if (text === undefined || text === '') return otherwise
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text)
  const message = `${name} is ${JSON.stringify(text)}.`
  throw new HarnessError('usage', message, 'Take a whole number from 1 on, or leave it unset.', {
    faults: [message],
  })
}

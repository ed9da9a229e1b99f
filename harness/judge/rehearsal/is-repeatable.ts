import type { AgainRehearsal, Rehearsal } from '../../model/rehearsal.ts'

/** Did a second deploy find nothing to do and change nothing? */
export function isQuiet({ applied, failure, differences }: AgainRehearsal): boolean {
  return applied.length === 0 && failure === null && differences.length === 0
}

/**
 * Can a phase be deployed twice, as far as was seen? Where it cannot, that is the cause of whatever a recovery or a deploy beside it meets.
 */
export function isRepeatable({ again }: Rehearsal): boolean {
  return !again || isQuiet(again)
}

/** Why no result is told of an experiment with a phase that cannot be deployed twice. */
export const UNREPEATABLE = 'A second deploy changes the database: mend that first.'

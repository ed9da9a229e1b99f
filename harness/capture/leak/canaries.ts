import { HarnessError } from '../../model/error.ts'
import { foldText, toFoldedText } from './fold.ts'
import { SHORTEST_VALUE, type ValueIndex } from './value-index.ts'

/** Where planted values come from, in place of a column. */
export const CANARY_ORIGIN = 0

/**
 * Refuses planted values that could not be looked for; to be asked before work begins.
 * @throws usage, naming their places and no value
 */
export function assertCanaries(canaries: readonly string[]): void {
  const folded = toFoldedText()
  const faults = canaries.flatMap((canary, at) => {
    foldText(canary, folded)
    if (folded.length >= SHORTEST_VALUE) return []
    return [`canary ${at + 1} has fewer than ${SHORTEST_VALUE} letters and digits`]
  })
  if (faults.length === 0) return
  throw new HarnessError('usage', `Looking for canaries: ${faults.join('; ')}.`, 'Plant a longer value.', {
    faults,
  })
}

/** Puts planted values into the index, to be found anywhere. */
export function addCanaries(index: ValueIndex, canaries: readonly string[]): void {
  const folded = toFoldedText()
  for (const canary of canaries) {
    foldText(canary, folded)
    index.add(folded, { origin: CANARY_ORIGIN, anywhere: true, alone: false, flags: 0 })
  }
}

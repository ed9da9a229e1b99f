import { HarnessError } from '../../model/error.ts'
import { foldText, toFoldedText } from './fold.ts'
import { SHORTEST_VALUE, type ValueIndex } from './value-index.ts'

/** Origin of planted values, in place of a column's number. */
export const CANARY_ORIGIN = 0

/**
 * Refuses planted values that the search could not find. It is called before work begins.
 * @throws usage, naming their positions and no value
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

/** Puts planted values into the index. The search finds them anywhere, also inside of words. */
export function addCanaries(index: ValueIndex, canaries: readonly string[]): void {
  const folded = toFoldedText()
  for (const canary of canaries) {
    foldText(canary, folded)
    index.add(folded, { origin: CANARY_ORIGIN, anywhere: true, alone: false, flags: 0 })
  }
}

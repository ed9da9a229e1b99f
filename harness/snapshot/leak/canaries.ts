import { foldText, toFoldedText } from './fold.ts'
import { SHORTEST_VALUE, type ValueIndex } from './value-index.ts'

/** Where planted values come from, in place of a column. */
export const CANARY_ORIGIN = 0

/**
 * Puts planted values into the index, to be found anywhere.
 * @throws RangeError for one with too few letters and digits
 */
export function addCanaries(index: ValueIndex, canaries: readonly string[]): void {
  const folded = toFoldedText()
  for (const [at, canary] of canaries.entries()) {
    foldText(canary, folded)
    if (folded.length < SHORTEST_VALUE) {
      throw new RangeError(`canary ${at + 1} has fewer than ${SHORTEST_VALUE} letters and digits`)
    }
    index.add(folded, { origin: CANARY_ORIGIN, anywhere: true, alone: false, flags: 0 })
  }
}

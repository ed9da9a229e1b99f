import type { PhaseEvidence } from '../model/checkpoint.ts'
import type { StatedExpectation } from '../model/expectation.ts'
import type { FindingEvidence } from '../model/finding.ts'
import type { SequenceModel } from '../model/schema-model.ts'
import { qualify, toShortName } from './look-up.ts'
import { judgePosition } from './sequence-position.ts'

/**
 * Sequences that feed a named table, or are named, and that fell behind their column in the phase. Of one that is stated the expectation
 * tells it, of one that is set back and not named `nothing-else-changed`.
 */
export function findFallenBehind(
  isNamed: (name: string) => boolean,
  stated: readonly StatedExpectation[],
  { before, after }: PhaseEvidence,
): readonly FindingEvidence[] {
  const earlier = new Map(before.schema.sequences.map((entry) => [toPath(entry), entry]))
  const settled = new Set(stated.flatMap((entry) => (entry.kind === 'sequence' ? [qualify(entry.name)] : [])))
  return after.schema.sequences.flatMap((sequence) => {
    const path = toPath(sequence)
    const was = earlier.get(path)
    const isItselfNamed = isNamed(toShortName(path))
    const feedsNamed = sequence.feeds.some(({ table }) => isNamed(toShortName(table)))
    if (sequence.feeds.length === 0 || settled.has(path) || !(isItselfNamed || feedsNamed)) return []
    if (was && (judgePosition(was).length > 0 || (!isItselfNamed && isSetBack(was, sequence)))) return []
    return judgePosition(sequence)
  })
}

function toPath({ namespace, name }: SequenceModel): string {
  return `${namespace}.${name}`
}

function isSetBack(was: SequenceModel, is: SequenceModel): boolean {
  const moved = BigInt(is.nextValue) - BigInt(was.nextValue)
  return was.increment.startsWith('-') ? moved > 0n : moved < 0n
}

import type { PhaseEvidence } from '../model/checkpoint.ts'
import type { Phase } from '../model/scenario.ts'
import type { SchemaModel } from '../model/schema-model.ts'
import { isPattern, toNames } from './names-object.ts'

/** The patterns in `changes` of a phase that stand for nothing, neither before it nor after it: most often they are misspelt. */
export function unmatchedPatterns(
  { changes }: Pick<Phase, 'changes'>,
  { before, after }: Pick<PhaseEvidence, 'before' | 'after'>,
): readonly string[] {
  const objects = [...namesOf(before.schema), ...namesOf(after.schema)]
  return changes.filter(
    (written) => written !== '*' && isPattern(written) && !objects.some(toNames([written])),
  )
}

function namesOf(schema: SchemaModel): string[] {
  const parts: readonly (readonly { readonly namespace?: string; readonly name: string }[])[] =
    Object.values(schema)
  return parts.flat().map(({ namespace, name }) => (namespace === undefined ? name : `${namespace}.${name}`))
}

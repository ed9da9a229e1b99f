import type { SameSchemaExpectation, SchemaReference } from '../../model/expectation.ts'
import type { Check } from '../define-check.ts'
import { schemaDifferences } from '../differences.ts'
import { judgeDifferences } from '../judge-differences.ts'
import { targetDifferences } from '../target-differences.ts'

/** The schema after the phase equals the reference: tables, columns, types, defaults, nullability, indexes, constraints. */
export const sameSchema: Check<'same-schema'> = {
  title: ({ reference, beyondTheFile }) =>
    `schema equals ${reference}${isFile(reference, beyondTheFile) ? ', as far as its file can say' : ''}`,
  needs: ({ reference }) => ({ references: [reference] }),
  judge: ({ reference, beyondTheFile, known = [] }, { after, references, judgedOn }) => {
    const built = references[reference]
    // A reference that was never built would otherwise be a check that cannot fail.
    if (!built) throw new Error(`reference ${reference} was not built`)
    if (built.failure)
      return [{ kind: 'migration-failed', failure: built.failure, remains: [`while building ${reference}`] }]
    const differences = isFile(reference, beyondTheFile)
      ? targetDifferences(built.schema, after.schema)
      : schemaDifferences(built.schema, after.schema)
    return judgeDifferences(reference, differences, known, judgedOn)
  },
}

function isFile(reference: SchemaReference, beyondTheFile: SameSchemaExpectation['beyondTheFile']): boolean {
  return reference === 'target-schema' && beyondTheFile !== 'refused'
}

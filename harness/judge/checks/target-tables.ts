import type { TargetTablesExpectation } from '../../model/expectation.ts'
import type { SchemaModel } from '../../model/schema-model.ts'
import type { Check } from '../define-check.ts'
import { judgeDifferences } from '../judge-differences.ts'
import { toShortName } from '../look-up.ts'
import { toNames } from '../names-object.ts'
import { targetDifferences } from '../target-differences.ts'

/** The tables and enums that no later phase names equal the target's schema, as far as its file can say it. */
export const targetTables: Check<'target-tables'> = {
  title: () => 'brings what it is the last to change to the target-schema',
  needs: () => ({ references: ['target-schema'] }),
  judge: (expectation, { after, references, judgedOn }) => {
    const reference = 'target-schema'
    const built = references[reference]
    // A reference that was never built would otherwise be a check that cannot fail.
    if (!built) throw new Error(`reference ${reference} was not built`)
    if (built.failure)
      return [{ kind: 'migration-failed', failure: built.failure, remains: [`while building ${reference}`] }]
    const isFinal = toFinal(expectation)
    const target = restrict(built.schema, isFinal)
    const isInTarget = (name: string) =>
      [...target.tables, ...target.enums].some((entry) => toName(entry) === name)
    const differences = targetDifferences(target, restrict(after.schema, isInTarget))
    return judgeDifferences(reference, differences, expectation.known, judgedOn, isFinal)
  },
}

/** Tells whether a table or enum is one that this phase is the last to name. */
export function toFinal({ changes, later }: TargetTablesExpectation): (name: string) => boolean {
  const isNamed = toNames(changes)
  const isNamedLater = toNames(later)
  return (name) => isNamed(name) && !isNamedLater(name)
}

function restrict(schema: SchemaModel, isMeant: (name: string) => boolean): SchemaModel {
  return {
    tables: schema.tables.filter((table) => isMeant(toName(table))),
    enums: schema.enums.filter((type) => isMeant(toName(type))),
    sequences: [],
    views: [],
    functions: [],
    extensions: [],
    objects: [],
  }
}

function toName({ namespace, name }: { readonly namespace: string; readonly name: string }): string {
  return toShortName(`${namespace}.${name}`)
}

import type { PhaseEvidence } from '../../model/checkpoint.ts'
import type { SchemaReference, StatedExpectation } from '../../model/expectation.ts'
import type { TableModel } from '../../model/schema-model.ts'
import type { Check } from '../define-check.ts'
import {
  listParts,
  type PartDifference,
  partDifferences,
  rightDifferences,
  toSentence,
} from '../differences.ts'
import { findTable, toShortName } from '../look-up.ts'
import { toNames } from '../names-object.ts'
import { listStated } from '../stated-parts.ts'
import { toFinal } from './target-tables.ts'

/**
 * Tables that the phase names change only in what an expectation of the phase states, or what a schema that it is compared with holds
 * as well. What goes is the business of `nothing-dropped`.
 */
export const nothingUnexpected: Check<'nothing-unexpected'> = {
  title: () => 'changes the tables it names only as it says',
  judge: ({ changes, drops, stated, target }, { before, after, references }) => {
    const isNamed = toNames(changes)
    const compared = listCompared(stated, references)
    return after.schema.tables.flatMap((is) => {
      const table = toShortName(`${is.namespace}.${is.name}`)
      if (!isNamed(table)) return []
      const was = findTable(before.schema, table) ?? null
      const parts = listStated(stated, is, was)
      const final = target && toFinal(target)(table) ? references['target-schema']?.schema : null
      const elsewhere = [...compared, ...(final ? [final] : [])].flatMap((schema) => {
        const model = findTable(schema, table)
        return model ? [listParts(model)] : []
      })
      const unexpected = [...partDifferences(was, is), ...rightDifferences(was, is)].filter(
        (difference) =>
          isJudged(difference, was, is) &&
          !parts.has(difference.part) &&
          !drops.includes(`${table}.${difference.part.split(' ').at(-1)}`) &&
          !elsewhere.some((model) => model.get(difference.part) === difference.is),
      )
      if (unexpected.length === 0) return []
      return [{ kind: 'unexpected-change', table, changes: unexpected.map((one) => toSentence(one)) }]
    })
  },
}

function listCompared(stated: readonly StatedExpectation[], references: PhaseEvidence['references']) {
  const names = stated.flatMap((entry): SchemaReference[] =>
    entry.kind === 'same-schema' ? [entry.reference] : [],
  )
  return names.flatMap((name) => references[name]?.schema ?? [])
}

/** What a table has that is made without a word about it; how it is partitioned or inherits belongs to its making. */
const plain: Readonly<Record<string, string>> = {
  persistence: 'permanent',
  'row security': 'off',
  'forced row security': 'off',
  'replica identity': 'default',
}

/** Of a new table the columns and the primary key are part of its making, and so are rights, which default privileges may give. */
function isJudged({ part, is: definition }: PartDifference, was: TableModel | null, is: TableModel): boolean {
  if (was !== null)
    return definition !== null || !/^(column|constraint|index|trigger|policy|rule) /.test(part)
  if (part.startsWith('grant ')) return part.endsWith('to PUBLIC')
  if (part in plain) return plain[part] !== definition
  const primary = is.constraints.find(({ kind }) => kind === 'primary-key')
  return /^(constraint|index|trigger|policy|rule) /.test(part) && part !== `constraint ${primary?.name}`
}

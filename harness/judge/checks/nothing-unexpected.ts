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
import { type FoundRename, renamesOf } from '../renames-of.ts'
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
    const renames = renamesOf({ before, after })
    const compared = listCompared(stated, references)
    return after.schema.tables.flatMap((is) => {
      const table = toShortName(`${is.namespace}.${is.name}`)
      if (!isNamed(table)) return []
      const earlier = renames.find(({ what, to }) => what === 'table' && to === table)
      const was = findTable(before.schema, earlier?.from ?? table) ?? null
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
          !isRename(difference, table, was, renames) &&
          !drops.includes(`${table}.${difference.part.split(' ').at(-1)}`) &&
          !elsewhere.some((model) => model.get(difference.part) === difference.is),
      )
      if (unexpected.length === 0) return []
      return [{ kind: 'unexpected-change', table, changes: unexpected.map((one) => toSentence(one)) }]
    })
  },
}

/** A column under another name that is otherwise as it was: `values-kept` asks whether the phase declares the name. */
function isRename(
  { part, is }: PartDifference,
  table: string,
  was: TableModel | null,
  renames: readonly FoundRename[],
): boolean {
  const found = renames.find(
    ({ what, to }) => what === 'column' && `${table}.${part.slice('column '.length)}` === to,
  )
  if (was === null || found === undefined || !part.startsWith('column ')) return false
  return listParts(was).get(`column ${toColumn(found, was)}`) === is
}

function toColumn({ from }: FoundRename, { namespace, name }: TableModel): string {
  return from.slice(toShortName(`${namespace}.${name}`).length + 1)
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
  // A partition gets the indexes of its table with its making.
  const whole = ' is part of'
  const index = part.endsWith(whole) ? part : `index ${part.split(' ').at(-1)}${whole}`
  if (is.properties.some(({ name }) => name === index)) return false
  const primary = is.constraints.find(({ kind }) => kind === 'primary-key')
  return /^(constraint|index|trigger|policy|rule) /.test(part) && part !== `constraint ${primary?.name}`
}

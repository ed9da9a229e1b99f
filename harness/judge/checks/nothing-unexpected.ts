import type { PhaseEvidence } from '../../model/checkpoint.ts'
import type { SchemaReference, StatedExpectation } from '../../model/expectation.ts'
import type { FindingEvidence } from '../../model/finding.ts'
import type { SchemaModel, TableModel } from '../../model/schema-model.ts'
import type { Check } from '../define-check.ts'
import {
  listParts,
  type PartDifference,
  partDifferences,
  rightDifferences,
  toSentence,
} from '../differences.ts'
import { findFallenBehind } from '../fallen-behind.ts'
import { isSameButForNames } from '../is-same-but-for-names.ts'
import { findTable, parentsOf, toShortName } from '../look-up.ts'
import { toNames } from '../names-object.ts'
import { renamesOf } from '../renames-of.ts'
import { listStated } from '../stated-parts.ts'
import { toFinal } from './target-tables.ts'

/**
 * Tables that the phase names change only in what an expectation of the phase states, or what a schema that it is compared with holds
 * as well. What goes is the business of `nothing-dropped`.
 */
export const nothingUnexpected: Check<'nothing-unexpected'> = {
  title: () => 'changes the tables it names only as it says',
  judge: ({ changes, drops, stated, target }, evidence) => {
    const { before, after, references } = evidence
    const renames = renamesOf(evidence)
    const isNamed = toNames(changes)
    const compared = listCompared(stated, references)
    const owners = listOwners(before.schema)
    const tables = after.schema.tables.flatMap((is): FindingEvidence[] => {
      const table = toShortName(`${is.namespace}.${is.name}`)
      if (!isNamed(table) && !parentsOf(is).some(isNamed)) return []
      const earlier = renames.find(({ what, to }) => what === 'table' && to === table)?.from ?? table
      const was = findTable(before.schema, earlier) ?? null
      const old = was ? listParts(was) : new Map<string, string>()
      // A rename is told, and declared, as such: what bears the new name is not new.
      const goesOn = ({ part, was: definition, is: now }: PartDifference) => {
        const renamed = renames.find(
          ({ what, to }) => to.startsWith(`${table}.`) && part === `${what} ${to.slice(table.length + 1)}`,
        )
        const from = renamed
          ? old.get(`${renamed.what} ${renamed.from.slice(earlier.length + 1)}`)
          : definition
        return from === now || isSameButForNames(from ?? null, now, renames)
      }
      const parts = listStated(stated, is, was)
      const final = target && toFinal(target)(table) ? references['target-schema']?.schema : null
      const isInherited = toInherited(is, after.schema)
      const elsewhere = [...compared, ...(final ? [final] : [])].flatMap((schema) => {
        const model = findTable(schema, table)
        return model ? [listParts(model)] : []
      })
      const unexpected = [...partDifferences(was, is), ...rightDifferences(was, is)].filter(
        (difference) =>
          isJudged(difference, was, is, owners) &&
          !parts.has(difference.part) &&
          !isInherited(difference) &&
          !goesOn(difference) &&
          !drops.includes(`${table}.${difference.part.split(' ').at(-1)}`) &&
          !elsewhere.some((model) => model.get(difference.part) === difference.is),
      )
      if (unexpected.length === 0) return []
      return [{ kind: 'unexpected-change', table, changes: unexpected.map((one) => toSentence(one)) }]
    })
    return [...tables, ...findFallenBehind(isNamed, stated, evidence)]
  },
}

/** Does a partition have this part because its root has it? Then it is told, and stated, of the root. */
function toInherited(table: TableModel, schema: SchemaModel): (difference: PartDifference) => boolean {
  const roots = parentsOf(table).flatMap((name) => findTable(schema, name) ?? [])
  const own = new Set(table.properties.map(({ name }) => name))
  return ({ part, is }) =>
    roots.some((root) => {
      const parts = listParts(root)
      if (part.endsWith(' is part of') || own.has(`${part} is part of`)) return true
      if (part.startsWith('constraint '))
        return (
          own.has(`${part.replace('constraint', 'index')} is part of`) ||
          [...parts].some(([name, definition]) => name.startsWith('constraint ') && definition === is)
        )
      return part.startsWith('trigger ') ? parts.has(part) : is !== null && parts.get(part) === is
    })
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

/** Whoever owns the database, as whoever migrates it does, or a table of it. */
function listOwners({ tables, objects }: SchemaModel): ReadonlySet<string | null> {
  const database = objects.filter(({ kind }) => kind === 'database')
  return new Set(
    [...tables, ...database].flatMap(({ properties }) =>
      properties.flatMap(({ name, definition }) => (name === 'owner' ? [definition] : [])),
    ),
  )
}

/** Of a new table the columns and the primary key are part of its making, and so are rights, which default privileges may give. */
function isJudged(
  { part, is: definition }: PartDifference,
  was: TableModel | null,
  is: TableModel,
  owners: ReadonlySet<string | null>,
): boolean {
  if (was !== null)
    return definition !== null || !/^(column|constraint|index|trigger|policy|rule) /.test(part)
  if (part === 'owner') return owners.size > 0 && !owners.has(definition)
  if (part.startsWith('grant ')) return part.endsWith('to PUBLIC')
  if (part in plain) return plain[part] !== definition
  const primary = is.constraints.find(({ kind }) => kind === 'primary-key')
  return /^(constraint|index|trigger|policy|rule) /.test(part) && part !== `constraint ${primary?.name}`
}

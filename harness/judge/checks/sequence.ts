import type { SequenceExpectation } from '../../model/expectation.ts'
import type { FindingEvidence } from '../../model/finding.ts'
import type { SequenceColumn, SequenceModel } from '../../model/schema-model.ts'
import type { Check } from '../define-check.ts'
import { qualify, toShortName } from '../look-up.ts'
import { judgePosition } from '../sequence-position.ts'

/** The sequence is there, feeds its column, fits its type, and its next value is one that the column doesn't hold yet. */
export const sequence: Check<'sequence'> = {
  title: ({ name, feeds, owned }) =>
    feeds === undefined
      ? `sequence ${name} is ahead of its column`
      : `sequence ${name} feeds ${feeds}, ${owned ? 'which owns it' : 'which does not own it'}, and is ahead of it`,
  judge: (expectation, { after }) => {
    const { name } = expectation
    const found = after.schema.sequences.find((entry) => `${entry.namespace}.${entry.name}` === qualify(name))
    if (!found) return [{ kind: 'missing-sequence', name }]
    return [...judgePlace(expectation, found), ...judgePosition(found, name)]
  },
}

/** Largest value of each type that a sequence may have, smallest type first. */
const LIMITS = new Map([
  ['smallint', '32767'],
  ['integer', '2147483647'],
  ['bigint', '9223372036854775807'],
])

function judgePlace({ name, feeds, owned }: SequenceExpectation, found: SequenceModel): FindingEvidence[] {
  const wrong = (expected: string, actual: string): FindingEvidence[] => [
    { kind: 'wrong-sequence', name, expected, found: actual },
  ]
  const fed = found.feeds.map(toPath)
  const owner = found.ownedBy && toPath(found.ownedBy)
  const column = feeds === undefined ? owner : toShortColumn(feeds)
  const isFed = column === null || fed.includes(column)
  const isOwner = owner === column
  return [
    ...(isFed
      ? []
      : wrong(
          `it feeds ${column}`,
          fed.length === 0 ? 'no column takes its values' : `it feeds ${fed.join(', ')}`,
        )),
    ...(column === null || owned === undefined || owned === isOwner
      ? []
      : wrong(
          owned ? `${column} owns it` : `${column} does not own it`,
          owner === null ? 'no column owns it' : `${owner} owns it`,
        )),
    ...found.feeds.flatMap((entry) => judgeFit(entry, found, wrong)),
  ]
}

function judgeFit(
  column: SequenceColumn,
  { type, limit }: SequenceModel,
  wrong: (expected: string, actual: string) => FindingEvidence[],
): FindingEvidence[] {
  const bound = LIMITS.get(column.type)
  if (bound === undefined) return []
  const types = [...LIMITS.keys()]
  if (types.indexOf(type) < types.indexOf(column.type))
    return wrong(
      `the type ${column.type} of ${toPath(column)}`,
      `the type ${type}, which ends long before the column does`,
    )
  if (limit.startsWith('-') || BigInt(limit) <= BigInt(bound)) return []
  return wrong(`values up to ${bound}, the largest that ${toPath(column)} can hold`, `values up to ${limit}`)
}

function toPath({ table, column }: SequenceColumn): string {
  return `${toShortName(table)}.${column}`
}

/** `public.orders.id` -> `orders.id`, as a column of a sequence is named here. */
function toShortColumn(path: string): string {
  const dot = path.lastIndexOf('.')
  return `${toShortName(qualify(path.slice(0, dot)))}${path.slice(dot)}`
}

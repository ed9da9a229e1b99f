import type {
  ColumnModel,
  ConstraintModel,
  IndexModel,
  NamedDefinition,
  SchemaModel,
  TableModel,
} from '../model/schema-model.ts'
import { toShortName } from './look-up.ts'

/** Differences between two schemas in short sentences, tables first; empty when they are the same. Order of columns is no difference. */
export function schemaDifferences(
  expected: SchemaModel,
  found: SchemaModel,
  words: DifferenceWords = AGAINST_REFERENCE,
): string[] {
  return [
    ...pairUp(expected.tables, found.tables, qualifiedName, (name, before, after) => {
      const table = toShortName(name)
      if (!after) return [`table ${table} ${words.gone}`]
      if (!before) return [`table ${table} ${words.added}`]
      return tableDifferences(before, after, words).map((difference) => `${table}: ${difference}`)
    }),
    ...objectDifferences(expected, found, words).flatMap(({ differences }) => differences),
  ]
}

/** Differences outside tables, with the name a phase would list under `changes`. A sequence's position is data, not structure. */
export function objectDifferences(
  before: SchemaModel,
  after: SchemaModel,
  words = OVER_TIME,
): ObjectDifferences[] {
  const extensions = ({ extensions: list }: SchemaModel) =>
    list.map(({ name, version }) => ({ name, definition: version }))
  return [
    ...named('enum', before.enums.map(toEnumDefinition), after.enums.map(toEnumDefinition), words),
    ...named(
      'sequence',
      before.sequences.map(toSequenceDefinition),
      after.sequences.map(toSequenceDefinition),
      words,
    ),
    ...named('view', before.views, after.views, words),
    ...named('function', before.functions, after.functions, words),
    ...named('extension', extensions(before), extensions(after), words),
  ]
}

/** An object outside tables, with its differences. */
interface ObjectDifferences {
  readonly name: string
  readonly differences: readonly string[]
}

/** Differences between two states of one table, each a short sentence. */
export function tableDifferences(before: TableModel, after: TableModel, words = OVER_TIME): string[] {
  return partDifferences(before, after).map((difference) => toSentence(difference, words))
}

/** A part of a table, such as a column or an index, in two states; null where it is not there. */
export interface PartDifference {
  /** Sort and name: `trigger orders_touch`, `row security`. */
  readonly part: string
  readonly was: string | null
  readonly is: string | null
}

/** The parts in which two states of a table differ, sort by sort; null for a table that is not there yet. */
export function partDifferences(before: TableModel | null, after: TableModel): PartDifference[] {
  return sorts.flatMap(([sort, list]) => compareParts(sort, before === null ? [] : list(before), list(after)))
}

/** All parts of a table with their definitions. */
export function listParts(table: TableModel): ReadonlyMap<string, string> {
  const parts = sorts.flatMap(([sort, list]) =>
    list(table).map(({ name, definition }): [string, string] => [toPart(sort, name), definition]),
  )
  return new Map(parts)
}

const sorts: readonly [sort: string, list: (table: TableModel) => readonly NamedDefinition[]][] = [
  ['column', ({ columns }) => columns.map(toColumnDefinition)],
  ['constraint', ({ constraints }) => constraints.map(toConstraintDefinition)],
  ['index', ({ indexes }) => indexes.map(toIndexDefinition)],
  ['trigger', ({ triggers }) => triggers],
  ['policy', ({ policies }) => policies],
  ['', toFacts],
]

function toFacts({ persistence, rowSecurity }: TableModel): NamedDefinition[] {
  return [
    { name: 'persistence', definition: persistence },
    { name: 'row security', definition: rowSecurity ? 'on' : 'off' },
  ]
}

/** The words of a difference: what is gone, what is added, and what stands before the two definitions. */
interface DifferenceWords {
  readonly gone: string
  readonly added: string
  readonly before: string
  readonly after: string
}

/** Between two moments of one database. */
export const OVER_TIME: DifferenceWords = { gone: 'is gone', added: 'is new', before: 'was', after: 'is' }

/** Between what should be and what is. */
const AGAINST_REFERENCE: DifferenceWords = {
  gone: 'is missing',
  added: 'is extra',
  before: 'expected',
  after: 'found',
}

function qualifiedName(object: { namespace: string; name: string }): string {
  return `${object.namespace}.${object.name}`
}

function toColumnDefinition(column: ColumnModel): NamedDefinition {
  const parts = [
    column.type,
    column.nullable ? null : 'not null',
    column.default === null ? null : `default ${column.default}`,
    column.generated,
    column.collation === null ? null : `collate ${column.collation}`,
  ]
  return { name: column.name, definition: parts.filter((part) => part !== null).join(' ') }
}

function toConstraintDefinition(constraint: ConstraintModel): NamedDefinition {
  // pg_get_constraintdef says NOT VALID itself; saying it again keeps the reason visible if a version ever stops.
  return {
    name: constraint.name,
    definition: [
      constraint.definition,
      ...(constraint.validated ? [] : ['[not validated]']),
      ...(constraint.disabledOn.length === 0
        ? []
        : [`[its triggers do not fire on ${constraint.disabledOn.map(toShortName).join(' and ')}]`]),
    ].join(' '),
  }
}

function toIndexDefinition(index: IndexModel): NamedDefinition {
  return { name: index.name, definition: index.definition + (index.valid && index.ready ? '' : ' [invalid]') }
}

function toEnumDefinition(type: {
  namespace: string
  name: string
  values: readonly string[]
}): NamedDefinition {
  return { name: toShortName(qualifiedName(type)), definition: type.values.join(', ') }
}

function toSequenceDefinition(sequence: SchemaModel['sequences'][number]): NamedDefinition {
  const owner =
    sequence.ownedBy === null ? '' : ` owned by ${sequence.ownedBy.table}.${sequence.ownedBy.column}`
  return {
    name: toShortName(qualifiedName(sequence)),
    definition: `${sequence.type} by ${sequence.increment}${owner}`,
  }
}

function named(
  what: string,
  before: readonly NamedDefinition[],
  after: readonly NamedDefinition[],
  words: DifferenceWords,
): ObjectDifferences[] {
  return pairUp(
    before,
    after,
    (entry) => entry.name,
    (name, was, is) => {
      const differences = definitions(what, was ? [was] : [], is ? [is] : [], words)
      return differences.length === 0 ? [] : [{ name, differences }]
    },
  )
}

function definitions(
  what: string,
  before: readonly NamedDefinition[],
  after: readonly NamedDefinition[],
  words: DifferenceWords,
): string[] {
  return compareParts(what, before, after).map((difference) => toSentence(difference, words))
}

function compareParts(
  sort: string,
  before: readonly NamedDefinition[],
  after: readonly NamedDefinition[],
): PartDifference[] {
  return pairUp(
    before,
    after,
    (entry) => entry.name,
    (name, was, is) =>
      was?.definition === is?.definition
        ? []
        : [{ part: toPart(sort, name), was: was?.definition ?? null, is: is?.definition ?? null }],
  )
}

/** A difference in a short sentence. */
export function toSentence({ part, was, is }: PartDifference, words = OVER_TIME): string {
  if (is === null) return `${part} ${words.gone} (${was})`
  if (was === null) return `${part} ${words.added} (${is})`
  return `${part}: ${words.before} ${was}, ${words.after} ${is}`
}

function toPart(sort: string, name: string): string {
  return `${sort} ${name}`.trimStart()
}

function pairUp<T, R>(
  before: readonly T[],
  after: readonly T[],
  nameOf: (entry: T) => string,
  compare: (name: string, before: T | undefined, after: T | undefined) => readonly R[],
): R[] {
  const left = new Map(before.map((entry) => [nameOf(entry), entry]))
  const right = new Map(after.map((entry) => [nameOf(entry), entry]))
  const names = [...new Set([...left.keys(), ...right.keys()])].sort()
  return names.flatMap((name) => compare(name, left.get(name), right.get(name)))
}

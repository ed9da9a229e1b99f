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
  const facts = ({ persistence, rowSecurity }: TableModel) => [
    { name: 'persistence', definition: persistence },
    { name: 'row security', definition: rowSecurity ? 'on' : 'off' },
  ]
  return [
    ...definitions(
      'column',
      before.columns.map(toColumnDefinition),
      after.columns.map(toColumnDefinition),
      words,
    ),
    ...definitions(
      'constraint',
      before.constraints.map(toConstraintDefinition),
      after.constraints.map(toConstraintDefinition),
      words,
    ),
    ...definitions(
      'index',
      before.indexes.map(toIndexDefinition),
      after.indexes.map(toIndexDefinition),
      words,
    ),
    ...definitions('trigger', before.triggers, after.triggers, words),
    ...definitions('policy', before.policies, after.policies, words),
    ...definitions('', facts(before), facts(after), words),
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
  return pairUp(
    before,
    after,
    (entry) => entry.name,
    (name, was, is) => {
      const object = `${what} ${name}`.trimStart()
      if (!is) return [`${object} ${words.gone} (${was?.definition})`]
      if (!was) return [`${object} ${words.added} (${is.definition})`]
      if (was.definition === is.definition) return []
      return [`${object}: ${words.before} ${was.definition}, ${words.after} ${is.definition}`]
    },
  )
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

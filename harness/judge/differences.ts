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
export function schemaDifferences(expected: SchemaModel, found: SchemaModel): string[] {
  return [
    ...pairUp(expected.tables, found.tables, qualifiedName, (name, before, after) => {
      const table = toShortName(name)
      if (!after) return [`table ${table} is missing`]
      if (!before) return [`table ${table} is extra`]
      return tableDifferences(before, after).map((difference) => `${table}: ${difference}`)
    }),
    ...objectDifferences(expected, found).flatMap(({ differences }) => differences),
  ]
}

/** Differences outside tables, with the name a phase would list under `changes`. A sequence's position is data, not structure. */
export function objectDifferences(
  before: SchemaModel,
  after: SchemaModel,
): { name: string; differences: string[] }[] {
  return [
    ...named('enum', before.enums.map(toEnumDefinition), after.enums.map(toEnumDefinition)),
    ...named(
      'sequence',
      before.sequences.map(toSequenceDefinition),
      after.sequences.map(toSequenceDefinition),
    ),
    ...named('view', before.views, after.views),
    ...named('function', before.functions, after.functions),
    ...named(
      'extension',
      before.extensions.map(({ name, version }) => ({ name, definition: version })),
      after.extensions.map(({ name, version }) => ({ name, definition: version })),
    ),
  ]
}

/** Differences between two states of one table, each a short sentence that says what was and what is. */
export function tableDifferences(before: TableModel, after: TableModel): string[] {
  return [
    ...definitions('column', before.columns.map(toColumnDefinition), after.columns.map(toColumnDefinition)),
    ...definitions(
      'constraint',
      before.constraints.map(toConstraintDefinition),
      after.constraints.map(toConstraintDefinition),
    ),
    ...definitions('index', before.indexes.map(toIndexDefinition), after.indexes.map(toIndexDefinition)),
    ...definitions('trigger', before.triggers, after.triggers),
    ...definitions('policy', before.policies, after.policies),
    ...(before.persistence === after.persistence
      ? []
      : [`was ${before.persistence}, is ${after.persistence}`]),
    ...(before.rowSecurity === after.rowSecurity
      ? []
      : [`row security was ${before.rowSecurity}, is ${after.rowSecurity}`]),
  ]
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
    definition: constraint.definition + (constraint.validated ? '' : ' [not validated]'),
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

function named(what: string, before: readonly NamedDefinition[], after: readonly NamedDefinition[]) {
  return pairUp(
    before,
    after,
    (entry) => entry.name,
    (name, was, is) => {
      const differences = definitions(what, was ? [was] : [], is ? [is] : [])
      return differences.length === 0 ? [] : [{ name, differences }]
    },
  )
}

function definitions(
  what: string,
  before: readonly NamedDefinition[],
  after: readonly NamedDefinition[],
): string[] {
  return pairUp(
    before,
    after,
    (entry) => entry.name,
    (name, was, is) => {
      if (!is) return [`${what} ${name} is missing (${was?.definition})`]
      if (!was) return [`${what} ${name} is extra (${is.definition})`]
      return was.definition === is.definition
        ? []
        : [`${what} ${name}: expected ${was.definition}, found ${is.definition}`]
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

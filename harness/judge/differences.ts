import type {
  CatalogEffect,
  CatalogProperty,
  ColumnModel,
  ConstraintModel,
  IndexModel,
  NamedDefinition,
  SchemaModel,
  TableModel,
} from '../model/schema-model.ts'
import { isSameDefinition } from './canonical.ts'
import { toShortName } from './look-up.ts'
import { shorten, shortenChange } from './shorten.ts'
import { toObjectName, toObjects, toWrittenName } from './to-objects.ts'

/** What counts where a schema is compared with one that was built elsewhere: rights and settings belong to a place. */
const STRUCTURE: readonly CatalogEffect[] = ['behaviour']

/** All that can change in one database. */
export const EVERYTHING: readonly CatalogEffect[] = ['behaviour', 'environment', 'operation']

/**
 * Differences between two schemas in short sentences, tables first; empty when they are the same. Order of columns is no difference.
 * Against a reference only structure counts, over time everything.
 */
export function schemaDifferences(
  expected: SchemaModel,
  found: SchemaModel,
  words: DifferenceWords = AGAINST_REFERENCE,
): string[] {
  const effects = words === AGAINST_REFERENCE ? STRUCTURE : EVERYTHING
  return [
    ...pairUp(expected.tables, found.tables, qualifiedName, (name, before, after) => {
      const table = toShortName(name)
      if (!after) return [`table ${table} ${words.gone}`]
      if (!before) return [`table ${table} ${words.added}`]
      return tableDifferences(before, after, effects, words).map((difference) => `${table}: ${difference}`)
    }),
    ...objectDifferences(expected, found, effects, words).flatMap(({ differences }) => differences),
  ]
}

/** Differences outside tables. A sequence's position is data, not structure. */
export function objectDifferences(
  before: SchemaModel,
  after: SchemaModel,
  effects: readonly CatalogEffect[],
  words = OVER_TIME,
): ObjectDifferences[] {
  return pairUp(toObjects(before), toObjects(after), toObjectName, (name, was, is) => {
    const object = was ?? is
    const differences = compareObjects(name, was?.properties ?? [], is?.properties ?? [], effects, words)
    return object === undefined || differences.length === 0
      ? []
      : [{ kind: object.kind, name: toWrittenName(object), differences }]
  })
}

/** An object outside tables that differs. */
interface ObjectDifferences {
  readonly kind: string
  /** As a phase would list it under `changes`. */
  readonly name: string
  readonly differences: readonly string[]
}

/** One that is there on one side only is told by its definition; the rest of it goes without saying. */
function compareObjects(
  name: string,
  before: readonly CatalogProperty[],
  after: readonly CatalogProperty[],
  effects: readonly CatalogEffect[],
  words: DifferenceWords,
): string[] {
  const definitionOf = (list: readonly CatalogProperty[]) =>
    list.find((property) => property.name === 'definition')
  const [was, is] = [definitionOf(before), definitionOf(after)]
  const only = was && is ? undefined : (was ?? is)
  if (only !== undefined && !effects.includes(only.effect)) return []
  if (only !== undefined) {
    const there = was ? words.gone : words.added
    return [
      name.startsWith(only.definition)
        ? `${name} ${there}`
        : `${name} ${there} (${shorten(only.definition)})`,
    ]
  }
  return compareParts('', ofEffects(before, effects), ofEffects(after, effects)).map((difference) => {
    const part = difference.part === 'definition' ? name : `${name}: ${difference.part}`
    return toSentence({ ...difference, part }, words)
  })
}

/** Differences between two states of one table, each a short sentence. */
export function tableDifferences(
  before: TableModel,
  after: TableModel,
  effects: readonly CatalogEffect[],
  words = OVER_TIME,
): string[] {
  const beside = effects.filter((effect) => effect !== 'behaviour')
  return [
    ...(effects.includes('behaviour') ? partDifferences(before, after) : []),
    ...compareParts('', ofEffects(before.properties, beside), ofEffects(after.properties, beside)),
  ].map((difference) => toSentence(difference, words))
}

function ofEffects(properties: readonly CatalogProperty[], effects: readonly CatalogEffect[]) {
  return properties.filter(({ effect }) => effects.includes(effect))
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

/** Rights and owner in which two states of a table differ; null for a table that is not there yet. */
export function rightDifferences(before: TableModel | null, after: TableModel): PartDifference[] {
  const rights = (table: TableModel) => ofEffects(table.properties, ['environment'])
  return compareParts('', before === null ? [] : rights(before), rights(after))
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
  ['', ({ properties }) => ofEffects(properties, ['behaviour'])],
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
      isSameDefinition(was?.definition ?? null, is?.definition ?? null)
        ? []
        : [{ part: toPart(sort, name), was: was?.definition ?? null, is: is?.definition ?? null }],
  )
}

/** A difference in a short sentence. */
export function toSentence({ part, was, is }: PartDifference, words = OVER_TIME): string {
  if (is === null) return `${part} ${words.gone} (${shorten(was ?? '')})`
  if (was === null) return `${part} ${words.added} (${shorten(is)})`
  const short = shortenChange(was, is)
  return `${part}: ${words.before} ${short.was}, ${words.after} ${short.is}`
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

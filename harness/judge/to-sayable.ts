import type {
  ColumnModel,
  ConstraintModel,
  EnumModel,
  IndexModel,
  SchemaModel,
  TableModel,
} from '../model/schema-model.ts'
import { toCanonicalDefault } from './canonical.ts'
import { parentsOf, toShortName, toTuple } from './look-up.ts'

/**
 * A schema as far as a tool's schema file can say it: without checks, triggers, partial indexes, partitions, views, extensions, and with one
 * spelling for equal defaults.
 * @param reference made from the file: what it holds of such things all the same is kept
 */
export function toSayable(schema: SchemaModel, reference: SchemaModel): SchemaModel {
  const tables = new Map(reference.tables.map((table) => [toKey(table), table]))
  const enums = new Map(reference.enums.map((type) => [toKey(type), type]))
  return {
    ...schema,
    // Partitions are the database's business: the file has their root.
    tables: schema.tables
      .filter((table) => tables.has(toKey(table)) || parentsOf(table).length === 0)
      .map((table) => toSayableTable(table, tables.get(toKey(table)))),
    enums: schema.enums.map((type) => inSameOrder(type, enums.get(toKey(type)))),
    sequences: [],
    views: schema.views.filter((view) => isIn(reference.views, view)),
    functions: schema.functions.filter((entry) => isIn(reference.functions, entry)),
    extensions: [],
    objects: [],
  }
}

/** Enums whose values are those of the reference in another order, by name. */
export function listReordered(schema: SchemaModel, reference: SchemaModel): string[] {
  const ordered = new Map(reference.enums.map((type) => [toKey(type), type.values.join()]))
  return schema.enums
    .filter((type) => {
      const values = ordered.get(toKey(type))
      return values !== undefined && values !== type.values.join() && values === sortLike(type.values, values)
    })
    .map((type) => toShortName(toKey(type)))
}

function toSayableTable(table: TableModel, reference: TableModel | undefined): TableModel {
  const excluding = table.constraints.filter(({ kind }) => kind === 'exclusion')
  const known = reference?.indexes ?? []
  return {
    ...table,
    persistence: 'permanent',
    rowSecurity: false,
    triggers: [],
    policies: [],
    properties: [],
    columns: table.columns.map((column) =>
      toSayableColumn(
        column,
        reference?.columns.find(({ name }) => name === column.name),
      ),
    ),
    // A unique rule is an index in the file, whichever of the two keeps it in the database.
    constraints: table.constraints
      .filter(({ kind }) => kind === 'primary-key' || kind === 'foreign-key')
      .map(toSayableConstraint),
    indexes: table.indexes
      .filter((index) => !index.primary && !isIn(excluding, index))
      .filter((index) => isSayable(index) || isIn(known, index))
      .map(toSayableIndex),
  }
}

function toSayableColumn(column: ColumnModel, reference: ColumnModel | undefined): ColumnModel {
  const isComputed = column.generated !== null && !column.generated.startsWith('identity')
  return {
    ...column,
    collation: null,
    // The file has lists, and none that may be NULL or may not.
    nullable: column.type.endsWith('[]') || column.nullable,
    generated: isComputed ? (reference?.generated ?? null) : null,
    default: toDefault(isComputed ? (reference ?? null) : column),
  }
}

/** A default in one spelling; what counts up does so by a sequence or as an identity. */
function toDefault(column: Pick<ColumnModel, 'type' | 'generated' | 'default'> | null): string | null {
  if (column === null) return null
  if (column.generated?.startsWith('identity') || column.default?.startsWith('nextval('))
    return 'the next number'
  const text = toCanonicalDefault(column.default, column.type)
  if (text === null) return null
  if (column.type.endsWith('[]')) return toList(text)
  return NUMBERS.test(column.type) ? toNumber(text) : text
}

const NUMBERS = /^(smallint|integer|bigint|numeric|real|double precision)/

function toNumber(text: string): string {
  const digits = /^\(?'?(-?\d+(?:\.\d+)?)'?\)?(?:::[\w ]+)?$/.exec(text)?.[1]
  if (digits === undefined) return text
  return digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits
}

/** `ARRAY['a'::text, 'b'::text]` and `'{a,b}'` are one list. */
function toList(text: string): string {
  const bare = text.replace(/^\((.*)\)$/, '$1').replace(/::[\w ."]+(\([\d,]+\))?\[\]$/, '')
  const written = /^ARRAY\[(.*)\]$/s.exec(bare)?.[1]
  if (written === undefined) return bare
  const entries = [...written.matchAll(/'((?:[^']|'')*)'|(-?[\d.]+)/g)].map(
    ([, word, digits]) => word ?? digits,
  )
  return `'{${entries.join(',')}}'`
}

function toSayableConstraint(constraint: ConstraintModel): ConstraintModel {
  const { columns, references } = constraint
  if (references === null) return { ...constraint, definition: `PRIMARY KEY ${toTuple(columns)}` }
  const { table, onDelete, onUpdate } = references
  const target = `${toShortName(table)} ${toTuple(references.columns)}`
  const definition = `FOREIGN KEY ${toTuple(columns)} REFERENCES ${target} ON DELETE ${onDelete} ON UPDATE ${onUpdate}`
  return { ...constraint, definition }
}

function toSayableIndex(index: IndexModel): IndexModel {
  const keys = index.keys.map((key) => key.replace(/ COLLATE "[^"]+"/, ''))
  const definition = `${index.unique ? 'unique ' : ''}${index.method} ${toTuple(keys)}`
  return { ...index, definition }
}

function isSayable({ where, keys }: IndexModel): boolean {
  return where === null && !keys.some((key) => key.includes('('))
}

/** A value that was added later stands at the end, or wherever the statement put it: the file cannot tell. */
function inSameOrder(type: EnumModel, reference: EnumModel | undefined): EnumModel {
  if (!reference) return type
  const isSame = sortLike(type.values, reference.values.join()) === reference.values.join()
  return isSame ? { ...type, values: reference.values } : type
}

function sortLike(values: readonly string[], order: string): string {
  const places = order.split(',')
  return [...values].sort((a, b) => places.indexOf(a) - places.indexOf(b)).join()
}

function isIn(list: readonly { readonly name: string }[], { name }: { readonly name: string }): boolean {
  return list.some((entry) => entry.name === name)
}

function toKey({ namespace, name }: { readonly namespace: string; readonly name: string }): string {
  return `${namespace}.${name}`
}

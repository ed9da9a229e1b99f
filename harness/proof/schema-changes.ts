import type { Rename } from '../model/declaration.ts'
import type { ColumnModel, NamedDefinition, SchemaModel, TableModel } from '../model/schema-model.ts'

/** What became of something between two states. */
export type Fate = 'new' | 'gone' | 'changed' | 'same'

/** A column, or an index, constraint, trigger or policy, before and after. */
export interface PartChange {
  readonly what: 'column' | 'constraint' | 'index' | 'trigger' | 'policy'
  readonly name: string
  readonly fate: Fate
  /** Null where it is not there; a name before its new one stands in front. */
  readonly before: string | null
  readonly after: string | null
}

/** A table that is not what it was. */
export interface TableDifference {
  /** `namespace.table`, as it is called afterwards; of a table that is gone, before. */
  readonly table: string
  /** Its name before, where a phase declares that it is renamed. */
  readonly renamedFrom: string | null
  readonly fate: Exclude<Fate, 'same'>
  /** All columns, then what else of it is not what it was. */
  readonly parts: readonly PartChange[]
}

/** What differs between two schemas. */
export interface SchemaChanges {
  readonly tables: readonly TableDifference[]
  /** Enums, views and functions: `enum Status`. */
  readonly others: readonly { readonly name: string; readonly fate: Exclude<Fate, 'same'> }[]
}

/** Compares the schemas before and after a phase, table by table. Declared renames keep a table or column the same. Pure. */
export function toSchemaChanges(
  before: SchemaModel,
  after: SchemaModel,
  renames: readonly Rename[] = [],
): SchemaChanges {
  const old = new Map(before.tables.map((table) => [toFullName(table), table]))
  const now = new Map(after.tables.map((table) => [toFullName(table), table]))
  const formerly = new Map(
    [...now.keys()].flatMap((name) => {
      const from = renames.find(({ to }) => isName(to, name))?.from
      const former = from === undefined ? undefined : [...old.keys()].find((entry) => isName(from, entry))
      return former === undefined || now.has(former) || old.has(name) ? [] : [[name, former] as const]
    }),
  )
  const taken = new Set(formerly.values())
  const changed = [...now].flatMap(([name, table]): TableDifference[] => {
    const renamedFrom = formerly.get(name) ?? null
    const earlier = old.get(renamedFrom ?? name)
    const parts = toParts(earlier, table, renames)
    if (earlier && renamedFrom === null && parts.every(({ fate }) => fate === 'same')) return []
    return [{ table: name, renamedFrom, fate: earlier ? 'changed' : 'new', parts }]
  })
  const gone = [...old].flatMap(([name, table]): TableDifference[] =>
    now.has(name) || taken.has(name)
      ? []
      : [{ table: name, renamedFrom: null, fate: 'gone', parts: toParts(table, undefined, renames) }],
  )
  return { tables: [...changed, ...gone], others: toOthers(before, after) }
}

/** `namespace.table` of a table. */
export function toFullName({ namespace, name }: Pick<TableModel, 'namespace' | 'name'>): string {
  return `${namespace}.${name}`
}

/** A name as people write it, without `public.`. */
export function toPlainName(name: string): string {
  return name.replace(/^public\./, '')
}

function isName(written: string, full: string): boolean {
  return written === full || written === toPlainName(full)
}

function toParts(
  before: TableModel | undefined,
  after: TableModel | undefined,
  renames: readonly Rename[],
): PartChange[] {
  const table = after ?? before
  const isRenamed = (from: string, to: string) =>
    table !== undefined &&
    renames.some(
      (rename) =>
        [toFullName(table), table.name].some((own) => rename.to === `${own}.${to}`) &&
        rename.from.endsWith(`.${from}`),
    )
  const columns = compare(
    'column',
    (before?.columns ?? []).map(toEntry),
    (after?.columns ?? []).map(toEntry),
    isRenamed,
  )
  const others = (['constraint', 'index', 'trigger', 'policy'] as const).flatMap((what) =>
    compare(what, listParts(before, what), listParts(after, what)),
  )
  return [...columns, ...others.filter(({ fate }) => fate !== 'same')]
}

function listParts(table: TableModel | undefined, what: PartChange['what']): readonly NamedDefinition[] {
  if (!table) return []
  if (what === 'constraint') return table.constraints
  if (what === 'trigger') return table.triggers
  if (what === 'policy') return table.policies
  // The index behind a constraint bears its name and is told with it.
  const behind = new Set(table.constraints.map(({ name }) => name))
  return table.indexes.filter(({ name }) => !behind.has(name))
}

function toEntry({
  name,
  type,
  nullable,
  default: preset,
  generated,
  collation,
}: ColumnModel): NamedDefinition {
  const words = [
    type,
    nullable ? '' : 'NOT NULL',
    preset === null ? '' : `DEFAULT ${preset}`,
    generated ?? '',
    collation === null ? '' : `COLLATE ${collation}`,
  ]
  return { name, definition: words.filter((word) => word !== '').join(' ') }
}

function compare(
  what: PartChange['what'],
  before: readonly NamedDefinition[],
  after: readonly NamedDefinition[],
  isRenamed: (from: string, to: string) => boolean = () => false,
): PartChange[] {
  const old = new Map(before.map(({ name, definition }) => [name, definition]))
  const names = new Set(after.map(({ name }) => name))
  const told = new Set<string>()
  const there = after.map(({ name, definition }): PartChange => {
    const from = [...old.keys()].find((entry) => !names.has(entry) && isRenamed(entry, name))
    if (from !== undefined && !old.has(name)) {
      told.add(from)
      return { what, name, fate: 'changed', before: `${from} ${old.get(from)}`, after: definition }
    }
    const earlier = old.get(name) ?? null
    const fate = earlier === null ? 'new' : earlier === definition ? 'same' : 'changed'
    return { what, name, fate, before: earlier, after: definition }
  })
  const gone = before
    .filter(({ name }) => !names.has(name) && !told.has(name))
    .map(
      ({ name, definition }): PartChange => ({ what, name, fate: 'gone', before: definition, after: null }),
    )
  return [...there, ...gone]
}

function toOthers(before: SchemaModel, after: SchemaModel): SchemaChanges['others'] {
  const list = ({ enums, views, functions }: SchemaModel): NamedDefinition[] => [
    ...enums.map((one) => ({
      name: `enum ${toPlainName(toFullName(one))}`,
      definition: one.values.join('\n'),
    })),
    ...views.map(({ name, definition }) => ({ name: `view ${toPlainName(name)}`, definition })),
    ...functions.map(({ name, definition }) => ({ name: `function ${toPlainName(name)}`, definition })),
  ]
  return compare('constraint', list(before), list(after)).flatMap(({ name, fate }) =>
    fate === 'same' ? [] : [{ name, fate }],
  )
}

/** A database's structure as a value, read from the system catalogs by `inspect/`. All arrays are sorted by name. */
export interface SchemaModel {
  readonly tables: readonly TableModel[]
  readonly enums: readonly EnumModel[]
  readonly sequences: readonly SequenceModel[]
  readonly views: readonly NamedDefinition[]
  readonly functions: readonly NamedDefinition[]
  readonly extensions: readonly { readonly name: string; readonly version: string }[]
  /** Everything else in the database, and what the parts above leave out of theirs. */
  readonly objects: readonly CatalogObject[]
}

/**
 * An object as the catalogs describe it. Existence hangs on its property `definition`; an object without one has its definition in a
 * typed part of the model, or always exists, as the database itself.
 */
export interface CatalogObject {
  /** `view`, `schema`, `publication`, `operator class` … */
  readonly kind: string
  /** With its namespace, where it has one; a function with its arguments. */
  readonly name: string
  readonly properties: readonly CatalogProperty[]
}

/** Something that the catalogs say of an object: its `owner`, a `grant to app`, the `comment of column email`. */
export interface CatalogProperty {
  readonly name: string
  readonly definition: string
  readonly effect: CatalogEffect
}

/**
 * What a change has an effect on: what statements do; `environment`: who may do what and under which settings, which is another in
 * each place; `operation`: only speed, space and words.
 */
export type CatalogEffect = 'behaviour' | 'environment' | 'operation'

/** An ordinary or partitioned table. Source: pg_class relkind r, p. */
export interface TableModel {
  readonly namespace: string
  readonly name: string
  readonly columns: readonly ColumnModel[]
  readonly constraints: readonly ConstraintModel[]
  readonly indexes: readonly IndexModel[]
  readonly triggers: readonly NamedDefinition[]
  readonly policies: readonly NamedDefinition[]
  /** pg_class.relpersistence: permanent, unlogged. */
  readonly persistence: 'permanent' | 'unlogged' | 'temporary'
  readonly rowSecurity: boolean
  /** What the typed parts leave out: owner, grants, rules, partitions, storage. */
  readonly properties: readonly CatalogProperty[]
}

export interface ColumnModel {
  readonly name: string
  /** format_type(atttypid, atttypmod), for example `timestamp(3) without time zone`, `numeric(10,2)`, `text[]`. */
  readonly type: string
  readonly nullable: boolean
  /** pg_get_expr of the default, for example `'PENDING'::text`; null when there is none. */
  readonly default: string | null
  /** pg_attribute.attidentity / attgenerated: `identity-always`, `identity-by-default`, `stored: <expression>`; null for an ordinary column. */
  readonly generated: string | null
  readonly collation: string | null
}

export type ForeignKeyAction = 'NO ACTION' | 'RESTRICT' | 'CASCADE' | 'SET NULL' | 'SET DEFAULT'

/** When a constraint is checked that may wait for the end of a transaction. */
export type Deferral = 'initially-immediate' | 'initially-deferred'

export type ForeignKeyMatch = 'SIMPLE' | 'FULL' | 'PARTIAL'

export interface ConstraintModel {
  readonly name: string
  readonly kind: 'primary-key' | 'unique' | 'foreign-key' | 'check' | 'exclusion'
  readonly columns: readonly string[]
  /** pg_get_constraintdef. */
  readonly definition: string
  /** pg_constraint.convalidated: false after ADD … NOT VALID. */
  readonly validated: boolean
  readonly deferrable: boolean
  readonly initiallyDeferred: boolean
  /** pg_constraint.connoinherit of a CHECK: child tables do not get it. */
  readonly noInherit: boolean
  /** Tables on which Postgres' own triggers of this constraint do not fire, so that it holds nothing there; namespace-qualified. */
  readonly disabledOn: readonly string[]
  /** Only for foreign keys; `table` is namespace-qualified. */
  readonly references: {
    readonly table: string
    readonly columns: readonly string[]
    readonly onDelete: ForeignKeyAction
    readonly onUpdate: ForeignKeyAction
    /** Columns that ON DELETE SET NULL or SET DEFAULT sets; empty for all. */
    readonly setColumns: readonly string[]
    readonly match: ForeignKeyMatch
    /** Rows that refer to a row which is not there; null where they were not counted. */
    readonly orphans: number | null
  } | null
}

export interface IndexModel {
  readonly name: string
  readonly method: string
  /**
   * Key columns or expressions in order, as pg_get_indexdef prints them; what is not the default follows: ` COLLATE "C"`, an operator
   * class, ` DESC`, ` NULLS FIRST`.
   */
  readonly keys: readonly string[]
  /** The same keys without what follows them. */
  readonly bareKeys: readonly string[]
  readonly include: readonly string[]
  readonly unique: boolean
  /** pg_index.indnullsnotdistinct: two rows with NULL count as equal. */
  readonly nullsNotDistinct: boolean
  /** Storage parameters, sorted: `fillfactor=70`. */
  readonly parameters: readonly string[]
  readonly primary: boolean
  /** Predicate of a partial index as Postgres prints it, else null. */
  readonly where: string | null
  /** pg_index.indisvalid and indisready. */
  readonly valid: boolean
  readonly ready: boolean
  /** pg_get_indexdef. */
  readonly definition: string
}

export interface EnumModel {
  readonly namespace: string
  readonly name: string
  readonly values: readonly string[]
}

export interface SequenceModel {
  readonly namespace: string
  readonly name: string
  readonly type: string
  readonly increment: string
  /** Last value that the sequence may reach: seqmax, or seqmin of a descending one. */
  readonly limit: string
  /** Next value that the sequence would return, as text; beyond `limit` when it is used up. */
  readonly nextValue: string
  /** pg_class.relfilenode: another one after RESTART or an option that was set, even to the same value. */
  readonly file: string
  /** Column that owns the sequence, with which it goes; else null. */
  readonly ownedBy: SequenceColumn | null
  /** Columns whose default or identity takes its values. */
  readonly feeds: readonly SequenceColumn[]
}

/** A column that a sequence is for. */
export interface SequenceColumn {
  /** Namespace-qualified. */
  readonly table: string
  readonly column: string
  readonly type: string
  /** Largest value stored there (the smallest for a descending sequence), as text; null when the column is empty or no integer. */
  readonly outermost: string | null
}

export interface NamedDefinition {
  readonly name: string
  readonly definition: string
}

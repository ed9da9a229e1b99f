/** What the tables of a database hold, and where that is not what they held before the phase. */
export interface Content {
  readonly tables: readonly TableContent[]
  /** Tables of the state before that lost, gained or changed something; empty for the state a scenario starts from. */
  readonly changes: readonly TableChange[]
}

/** A column by what stays the same through every rename. */
export interface ColumnIdentity {
  /** pg_attribute.attnum. */
  readonly number: number
  readonly name: string
  /** format_type with an empty search_path, so that it can stand in a cast. */
  readonly type: string
}

/** An index, constraint, trigger or policy of a table, by what stays the same through every rename. */
export interface PartIdentity {
  readonly what: 'index' | 'constraint' | 'trigger' | 'policy'
  readonly oid: string
  readonly name: string
}

/** A table by what stays the same through every rename and in every clone, with its columns in the order of their numbers. */
export interface TableIdentity {
  /** pg_class.oid. */
  readonly oid: string
  readonly namespace: string
  readonly name: string
  readonly columns: readonly ColumnIdentity[]
  /** Without the index behind a constraint, which bears its name. */
  readonly parts: readonly PartIdentity[]
  /** Numbers of the columns by which rows are told apart: the primary key, else a unique index without NULLs, else none. */
  readonly key: readonly number[]
  /** Rows are read with those of its partitions; of an ordinary table they are read without its children. */
  readonly isPartitioned: boolean
}

/** What a table holds, without a value of it. */
export interface TableContent extends TableIdentity {
  readonly rows: number
  /** Sum of a 64-bit hash of every row's text, whatever the order of the rows. */
  readonly digest: string
}

/** What a phase did to the rows of a table that was there before it. Names are `namespace.table`. */
export interface TableChange {
  readonly table: string
  /** Rows before the phase. */
  readonly rows: number
  /** Names of the columns of the key that tells its rows apart; empty where there is none, and then no key is told. */
  readonly key: readonly string[]
  readonly lost: RowSet
  readonly added: RowSet
  /** Columns with values that are not what they were. */
  readonly columns: readonly ColumnChange[]
  readonly isDropped: boolean
}

/** Some rows of a table: how many, and the keys of five of them at most. */
export interface RowSet {
  readonly rows: number
  readonly keys: readonly string[]
}

/** A column of the state before, by its name there, with the rows whose value is another or gone. */
export interface ColumnChange extends RowSet {
  readonly column: string
  /** `dropped`: each value that was not NULL is gone; `recreated`: the column of that name is not the one that was there. */
  readonly fate: 'kept' | 'recreated' | 'dropped'
  /** Types before and after, where they differ. */
  readonly retyped: { readonly from: string; readonly to: string } | null
}

/** What a rewrite declared as SQL came to, held against the rows that changed. */
export interface RewriteResult {
  /** `trips.status`, as the phase writes it. */
  readonly column: string
  readonly how: string
  /** Rows that changed to something else than the SQL gives. */
  readonly wrong: RowSet
  /** Rows that held a value and hold NULL now, as the SQL gives or not. */
  readonly emptied: number
  /** Names of the columns of the key. */
  readonly key: readonly string[]
  /** Why the SQL could not be evaluated on the rows before the phase. */
  readonly refusal: { readonly sqlstate: string; readonly message: string } | null
}

import type { TableName } from './expectation.ts'

/** What a phase says that it does to rows which are there already. Whatever it does not say is a finding. */
export interface Declarations {
  /** Tables and columns that go on under another name: `{ from: 'trips.note', to: 'trips.remark' }`. */
  readonly renames?: readonly Rename[]
  readonly rewrites?: readonly Rewrite[]
  readonly loses?: readonly Loss[]
  readonly inserts?: readonly Insertion[]
}

/** A table or column with its new name; both are written in full: `trips.note`. */
export interface Rename {
  readonly from: string
  readonly to: string
}

/** New rows in a table that was there. */
export interface Insertion {
  readonly table: TableName
  readonly rows: number
}

/** A column that gets other values, in exactly so many rows. */
export type Rewrite = {
  /** `trips.status` */
  readonly column: string
  readonly rows: number
} & (
  | {
      /** SQL over the old row; each row that changes must hold what it gives: `upper("status")`. */
      readonly how: string
    }
  | BoundReason
)

/** Rows of a table (`table`), or the values of a column (`column`), that go for good. */
export type Loss = BoundReason & { readonly rows: number } & (
    | { readonly table: TableName }
    | { readonly column: string }
  )

/** Why data may go. It holds for one text of one migration, and not forever. */
export interface BoundReason {
  readonly reason: string
  /** Name of the migration that does it. */
  readonly migration: string
  /** SHA-256 of its file; an edit of the file makes the declaration void. */
  readonly sha256: string
  /** Last day on which the declaration holds: `2026-12-31`. */
  readonly expires: string
}

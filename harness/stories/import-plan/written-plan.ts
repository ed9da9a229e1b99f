import type { Risk } from './topics.ts'

/** A plan as a document has it, before anybody looked at migrations or history. */
export interface WrittenPlan {
  readonly title: string
  /** In the order in which the document first names them. */
  readonly phases: readonly WrittenPhase[]
  /** Names of migrations outside of every phase, such as in an inventory. */
  readonly inventory: readonly Said[]
  readonly unread: readonly Unread[]
  /** Text of no phase, by the heading it stands under. */
  readonly prose: readonly Unread[]
}

/** A phase as the document has it. */
export interface WrittenPhase {
  /** As the document counts: `4`, `2a`. */
  readonly number: string
  readonly line: number
  readonly title: string
  goal: string | null
  risk: Risk | null
  estimateMinutes: number | null
  /** What stands under its migrations, item by item. */
  readonly migrations: Said[]
  readonly tables: NamedTable[]
  readonly dependencies: Said[]
  /** What is to be tried after it. */
  readonly checks: Said[]
  readonly rollbackSql: Said[]
  /** A way back in words. */
  readonly rollbackWords: Said[]
  readonly queries: Said[]
}

/** Something that the document says, with its 1-based line. */
export interface Said {
  readonly line: number
  readonly text: string
  /** What stands in backticks in it. */
  readonly codes: readonly string[]
}

/** A table that the phase is to make, change or remove. */
interface NamedTable {
  readonly name: string
  readonly line: number
  readonly isDropped: boolean
}

/** What nobody could read, or what contradicts itself. */
export interface Unread {
  /** Null: it is about the folder of migrations, not about the document. */
  readonly line: number | null
  readonly what: string
}

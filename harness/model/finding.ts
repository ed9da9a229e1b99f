import type { HiddenRows } from './cluster.ts'
import type { PartIdentity } from './content.ts'
import type { ContractFault } from './contract.ts'
import type { CostFinding } from './cost.ts'
import type { MigrationFailure } from './history.ts'
import type { WayOut } from './history-audit.ts'
import type { LateRows, WarmFailure } from './live.ts'
import type { OtherOrder, PhaseStop, Tie } from './order.ts'
import type {
  AgainRehearsal,
  ByHandRun,
  RehearsedStop,
  ScriptStop,
  TwoDeploysRehearsal,
} from './rehearsal.ts'

/**
 * Something wrong with the subject, by kind, with its own evidence. The judge adds `phase` and `expectation`. Texts
 * never hold row values.
 */
export type FindingEvidence =
  | { readonly kind: 'missing-table'; readonly table: string }
  | { readonly kind: 'unexpected-table'; readonly table: string }
  | {
      readonly kind: 'missing-column'
      readonly table: string
      readonly column: string
      readonly expected: string
    }
  | { readonly kind: 'unexpected-column'; readonly table: string; readonly columns: readonly string[] }
  | WrongColumn<'wrong-type'>
  | WrongColumn<'wrong-nullability'>
  | WrongColumn<'wrong-default'>
  | MissingObject<'missing-primary-key'>
  | MissingObject<'missing-unique'>
  | MissingObject<'missing-foreign-key'>
  | MissingObject<'missing-check'>
  | MissingObject<'missing-index'>
  | WrongObject<'wrong-foreign-key-action'>
  | WrongObject<'wrong-index'>
  | WrongObject<'wrong-constraint'>
  | {
      readonly kind: 'foreign-key-not-enforced'
      readonly table: string
      readonly name: string
      /** Tables on which its triggers do not fire. */
      readonly disabledOn: readonly string[]
    }
  | {
      readonly kind: 'orphan-rows'
      readonly table: string
      readonly name: string
      readonly definition: string
      readonly rows: number
      /** Rows without a parent before the phase; null when the key is new. */
      readonly before: number | null
    }
  | MissingObject<'missing-part'>
  | WrongObject<'wrong-part'>
  | {
      readonly kind: 'unexpected-change'
      readonly table: string
      /** `index trips_status_idx is new (CREATE INDEX …)`. */
      readonly changes: readonly string[]
    }
  | WrongObject<'wrong-check'>
  | {
      readonly kind: 'invalid-index'
      readonly table: string
      readonly index: string
      readonly definition: string
    }
  | {
      readonly kind: 'unvalidated-constraint'
      readonly table: string
      readonly constraint: string
      readonly definition: string
    }
  | {
      readonly kind: 'wrong-enum'
      readonly name: string
      readonly expected: readonly string[]
      readonly found: readonly string[] | null
    }
  | { readonly kind: 'missing-sequence'; readonly name: string }
  | {
      readonly kind: 'wrong-sequence'
      readonly name: string
      readonly expected: string
      readonly found: string
    }
  | {
      readonly kind: 'sequence-behind'
      readonly name: string
      readonly column: string
      readonly nextValue: string
      readonly maxValue: string
      /** The insert that collided, where production's sequence was behind before the phase. */
      readonly failure?: MigrationFailure
      readonly applied?: readonly string[]
      readonly remains?: readonly string[]
    }
  | {
      readonly kind: 'probe-refused'
      readonly title: string
      readonly sqlstate: string
      readonly message: string
      readonly expected: string
    }
  | { readonly kind: 'probe-accepted'; readonly title: string; readonly expected: string }
  | {
      readonly kind: 'migration-failed'
      readonly failure: MigrationFailure
      /** Migrations of the phase that were applied before it and stay so. */
      readonly applied?: readonly string[]
      readonly remains: readonly string[]
      /** Set for one that was tried although this migration had failed, with what that one would have created. */
      readonly triedAfter?: { readonly migration: string; readonly missing: string | null }
      /** Columns that the statement reads and a mask replaced, with what production answered to its conditions; left out for none. */
      readonly masked?: MaskedFailure
    }
  | {
      readonly kind: 'precondition-unmet'
      readonly migration: string
      readonly file: string
      readonly line: number
      readonly statement: string
      /** What was counted, in words. */
      readonly counts: string
      /** null: the condition itself failed on a row of production, with `refused`. */
      readonly rows: number | null
      readonly refused: string | null
      readonly sql: string
      /** Columns that a mask replaced and the statement reads, with the rule. */
      readonly masked: readonly string[]
    }
  | {
      readonly kind: 'dependency-missing'
      readonly failure: MigrationFailure
      readonly object: string
      readonly createdBy: { readonly migration: string; readonly phase: number }
      readonly applied?: readonly string[]
      readonly remains: readonly string[]
    }
  | {
      readonly kind: 'session-changed'
      readonly migration: string
      readonly file: string
      readonly line: number | null
      /** `role limited instead of deploy`, `an open transaction`. */
      readonly left: string
      /** What came of it in the same deploy. */
      readonly effect: string
      /** What stays in the database where the deploy ended with it. */
      readonly remains: readonly string[]
    }
  | { readonly kind: 'migration-not-applied'; readonly migration: string }
  | {
      readonly kind: 'migration-not-finished'
      readonly migration: string
      readonly startedAt: string
      readonly rolledBackAt: string | null
      readonly remedy: string
    }
  | {
      readonly kind: 'migration-edited'
      readonly migration: string
      readonly file: string
      readonly recorded: string
      readonly found: string
    }
  | { readonly kind: 'migration-outside-phase'; readonly migration: string; readonly when: string }
  | {
      readonly kind: 'migration-order'
      readonly expected: readonly string[]
      readonly found: readonly string[]
      readonly remedy: string
    }
  | { readonly kind: 'migration-not-recorded'; readonly migration: string }
  | {
      readonly kind: 'recorded-without-effects'
      readonly migration: string
      readonly recordedAs: string
      /** Names of what is missing; a missing table stands for its parts. */
      readonly absent: readonly string[]
      readonly present: number
      readonly looked: number
      /** Statements of later phases that need what is missing. */
      readonly neededBy: readonly NeededBy[]
      /** Set where a phase says that it repairs it: what the phase left undone. */
      readonly repairedBy: number | null
      readonly wayOut: WayOut | null
    }
  | {
      readonly kind: 'effects-there-already'
      readonly migration: string
      /** Phase that applies it. */
      readonly appliedBy: number
      /** `table trips at migrations/x/migration.sql:3` */
      readonly collisions: readonly string[]
      /** Effects that are there as the migration makes them, of all; null where they could not be measured. */
      readonly present: number | null
      readonly looked: number
      readonly absent: readonly string[]
      readonly wayOut: WayOut | null
      /** Command that records it as applied. */
      readonly resolve: string
    }
  | {
      readonly kind: 'history-row-impossible'
      readonly migration: string
      readonly faults: readonly string[]
      /** Effects found of all that are looked for. */
      readonly present: number
      readonly looked: number
    }
  | RowsFinding<'rows-lost'>
  | RowsFinding<'rows-added'>
  | ({
      readonly kind: 'values-changed'
      /** Types before and after, or that the column is another one of the same name; null for a plain rewrite. */
      readonly why: string | null
      /** The rows changed as declared, but not to what the declared SQL gives. */
      readonly how?: string
    } & ValuesEvidence)
  | ({
      readonly kind: 'values-lost'
      /** SQL of the rewrite that gives NULL for them; left out: they went with their column. */
      readonly how?: string
    } & Omit<ValuesEvidence, 'keys' | 'key'>)
  | {
      readonly kind: 'renamed'
      readonly what: 'table' | 'column' | PartIdentity['what']
      readonly from: string
      readonly to: string
      /** Line that declares it. */
      readonly declaration: string
    }
  | {
      readonly kind: 'declaration-void'
      /** `loses orders` */
      readonly declaration: string
      readonly expected: string
      readonly found: string
      readonly remedy: string
    }
  | {
      readonly kind: 'object-dropped'
      readonly object: string
      readonly what: string
      /** Line that declares it. */
      readonly declaration: string
    }
  | {
      readonly kind: 'changed-outside-phase'
      readonly table: string
      readonly differences: readonly string[]
    }
  | {
      readonly kind: 'known-difference-outdated'
      readonly reference: string
      readonly difference: string
      readonly owner: string
      /** Last day of an entry whose difference is still there; null where the difference is gone. */
      readonly acceptedUntil: string | null
    }
  | {
      readonly kind: 'changed-outside-database'
      /** As a phase names it under `changes`: `role app_rw`, `setting work_mem`. */
      readonly object: string
      readonly what: readonly string[]
    }
  | ({ readonly kind: 'rows-hidden' } & HiddenRows)
  | CostFinding
  | {
      readonly kind: 'unfit-by-hand'
      readonly migration: string
      readonly recordedAt: string
      readonly run: ByHandRun
    }
  | {
      readonly kind: 'claim-wrong'
      /** What the plan says of them. */
      readonly claimed: 'there' | 'missing'
      readonly tables: readonly WronglyClaimed[]
    }
  | { readonly kind: 'rollback-missing'; readonly file: string }
  | ({
      readonly kind: 'rollback-failed'
      readonly file: string
      /** It ran right after the phase, and fails once the phase's contracts have written rows. */
      readonly afterRows?: true
    } & ScriptStop)
  | {
      readonly kind: 'rollback-loses-rows'
      readonly file: string
      /** Tables that were there before the phase. */
      readonly tables: readonly LateRows[]
    }
  | {
      readonly kind: 'rollback-incomplete'
      readonly file: string
      /** Where the database is not what it was, in sentences. */
      readonly differences: readonly string[]
      /** Statements of the script that did nothing. */
      readonly idle: readonly string[]
      /** `before`: after the rollback; `after`: after the phase was applied once more. */
      readonly comparedWith: 'before' | 'after'
      /** Why the phase could not be applied once more. */
      readonly failure: MigrationFailure | null
    }
  | ({ readonly kind: 'second-deploy-changes' } & AgainRehearsal)
  | ({
      readonly kind: 'recovery-fails'
      /** What was tried, as commands, and what came of it. */
      readonly tried: readonly { readonly commands: readonly string[]; readonly says: string }[]
    } & Pick<RehearsedStop, 'migration' | 'file' | 'how' | 'line' | 'remains' | 'to' | 'of'>)
  | ({ readonly kind: 'two-deploys-collide' } & TwoDeploysRehearsal)
  | {
      readonly kind: 'dependency-undeclared'
      /** Id of the phase that must come before this one and that it does not depend on. */
      readonly on: number
      /** Ids, as they ran. */
      readonly order: readonly number[]
      readonly stop: PhaseStop
      readonly tie: Tie | null
    }
  | {
      readonly kind: 'dependency-unneeded'
      /** Id of the phase that it is declared on. */
      readonly on: number
      readonly shown: string
      readonly tie: Tie | null
    }
  | {
      readonly kind: 'phases-do-not-commute'
      /** Id of the phase beside which the order matters. */
      readonly other: number
      /** Ids, as they ran. */
      readonly order: readonly number[]
      readonly differences: readonly string[]
      readonly tie: Tie | null
    }
  | ({ readonly kind: 'alternative-fails'; readonly title: string } & OtherOrder)
  | {
      readonly kind: 'seeds-differ'
      readonly table: string
      /** Rows after the phase. */
      readonly rows: number
      /** Rows that only the phases leave, and rows that only all migrations in a row leave. */
      readonly onlyHere: number
      readonly onlyThere: number
      /** Columns of the rows that both leave, with the rows whose value differs. */
      readonly columns: readonly { readonly column: string; readonly rows: number }[]
    }
  | {
      readonly kind: 'rollback-chain-broken'
      /** Phase from which on all were undone, and that whose rollback stopped or led elsewhere. */
      readonly from: number
      readonly at: number
      readonly file: string
      readonly stop: ScriptStop | null
      readonly differences: readonly string[]
    }
  | {
      readonly kind: 'restore-fails'
      /** `pg_dump 17.4`, `the scenario's own commands`. */
      readonly by: string
      /** What the backup was taken before. */
      readonly before: 'phase' | 'plan'
      readonly step: 'backup' | 'restore'
      readonly says: string
    }
  | {
      readonly kind: 'restore-incomplete'
      readonly by: string
      readonly before: 'phase' | 'plan'
      readonly differences: readonly string[]
    }
  | { readonly kind: 'schema-differs'; readonly reference: string; readonly differences: readonly string[] }
  | {
      readonly kind: 'contract-failed'
      readonly test: string
      readonly file: string
      readonly message: string
      readonly denied?: readonly DeniedRight[]
    }
  | {
      readonly kind: 'contract-broken'
      readonly test: string
      readonly file: string
      /** The phase it belongs to. */
      readonly contractOf: number
      /** The last phase after which the contract passes, run again before blame is assigned. */
      readonly control: number
      readonly message: string
      readonly denied?: readonly DeniedRight[]
    }
  | {
      readonly kind: 'contract-not-caused-by-phase'
      readonly test: string
      readonly file: string
      /** The phase after which the contract already passes; 0 is the loaded snapshot. */
      readonly before: number
    }
  | {
      readonly kind: 'earlier-server-broken'
      /** Name of the earlier server. */
      readonly server: string
      readonly test: string
      readonly file: string
      /** The phase the contract belongs to. */
      readonly contractOf: number
      /** The last phase after which the contract works on that server. */
      readonly control: number
      readonly message: string
    }
  | ({
      readonly kind: 'warm-connection-broken'
      /** Name of the earlier server; null: the scenario's own. */
      readonly server: string | null
    } & WarmFailure)
  | {
      readonly kind: 'request-failed-during-phase'
      /** Name of the earlier server; null: the scenario's own. */
      readonly server: string | null
      readonly endpoint: string
      readonly requests: number
      readonly failed: number
      readonly message: string
    }
  | {
      readonly kind: 'endpoint-failed'
      readonly operationId: string
      readonly request: string
      /** null: no answer at all. */
      readonly status: number | null
      readonly sincePhase: number
      readonly reason: string
      readonly denied?: readonly DeniedRight[]
    }
  | ({ readonly kind: 'endpoint-violates-contract' } & ContractFault)

/** A table of which the plan says what is not so. */
export interface WronglyClaimed {
  readonly table: string
  /** Rows that it has; null where it is missing. */
  readonly rows: number | null
  /** The table that must have been meant, where that has nearly this name. */
  readonly meant?: string
}

/** A right that the role by which the server connects does not have. */
export interface DeniedRight {
  readonly role: string
  /** `SELECT`, `USAGE` */
  readonly right: string
  /** As GRANT names it: `TABLE public.shipments`. */
  readonly object: string
}

/** A statement of a later phase that needs a missing effect. */
export interface NeededBy {
  readonly phase: number
  /** `file:line` */
  readonly place: string
  readonly object: string
}

/** What a failure on masked values says beside the failure. */
export interface MaskedFailure {
  /** `public.users.email (email)` */
  readonly columns: readonly string[]
  /** Rows of production against the statement; null when production was not asked. */
  readonly productionRows: number | null
}

/** Rows of a table that was there, which are gone or new. */
interface RowsFinding<K extends string> {
  readonly kind: K
  readonly table: string
  readonly rows: number
  /** Rows that the table held before the phase. */
  readonly before: number
  /** Rows that the phase declares; null where it declares none. */
  readonly declared: number | null
  /** Columns of the key, and the keys of some of the rows. */
  readonly key: readonly string[]
  readonly keys: readonly string[]
  /** Line that declares it. */
  readonly declaration: string
}

/** Values of a column that are others than before, or gone. */
interface ValuesEvidence {
  readonly table: string
  readonly column: string
  readonly rows: number
  readonly before: number
  readonly declared: number | null
  readonly key: readonly string[]
  readonly keys: readonly string[]
  readonly declaration: string
}

interface WrongColumn<K extends string> {
  readonly kind: K
  readonly table: string
  readonly column: string
  readonly expected: string
  readonly found: string
}

interface MissingObject<K extends string> {
  readonly kind: K
  readonly table: string
  /** `(agencyId, unitNumber)`, `fromLocationId -> healthcare_locations(id)`. */
  readonly expected: string
  /** The most similar objects that exist, for example the indexes of the table. */
  readonly found: readonly string[]
}

interface WrongObject<K extends string> {
  readonly kind: K
  readonly table: string
  readonly name: string
  readonly expected: string
  readonly found: string
}

export type FindingKind = FindingEvidence['kind']

/** A fault of the subject, with the phase and the expectation that it violates. */
export type Finding = FindingEvidence & {
  readonly phase: number
  /** Title of the expectation, as the test is named. */
  readonly expectation: string
  /** `file:line` of a statement of the phase that did nothing there, because of its IF NOT EXISTS. */
  readonly skippedBy?: string
}

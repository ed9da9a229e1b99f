import type { HistoryRow, Migration, MigrationFailure, ReplayOutcome } from './history.ts'

/** The migration tool that production deploys with. Its order and its transaction rule both follow from name and version. */
export interface ToolChoice {
  /** Name of a tool in the table `tool/tools.ts`. */
  readonly name: string
  /** `7.10.0`; left out: the version installed in the repository, else the one its package.json asks for. */
  readonly version?: string
  /** Namespace that a deploy works in, where it is not `public`: `app` for a connection string that ends in `?schema=app`. */
  readonly namespace?: string
  /** Locale of the machine that deploys, where the tool sorts by locale: `da`. Default `en-US`, which `LC_ALL=C` gives too. */
  readonly locale?: string
}

/** The rules that a replay followed: plain data, part of what a proof is about. */
export interface ToolRules {
  readonly name: string
  /** `7.10.0`, or the range of a package.json where nothing is installed: `^7.4.0`. */
  readonly version: string
  /** Order of the migrations in a folder: `bytes`, `locale en-US`. */
  readonly order: string
  /** What is one transaction: `one-batch` (a file), `per-statement`. */
  readonly transactionRule: string
  /** Namespace that a deploy works in; left out: `public`. */
  readonly namespace?: string
}

/** What findings and faults say in the tool's own terms. */
export interface ToolWords {
  /** Name and version, for people. */
  readonly title: string
  /** By what it sorts the migrations, behind "it goes by". */
  readonly order: string
  /** What a migration that was started and never finished does to every later deploy. */
  readonly unfinishedEffect: string
  /** What to do about a migration that was started and never finished. */
  readonly unfinishedRemedy: string
  /** What to do where the history lies in the namespace `<namespace>`, which the scenario does not name. */
  readonly elsewhereRemedy: string
  /** What to do about migrations that ran in another order than the phase says. */
  readonly orderRemedy: string
  /** Command that applies what is pending. */
  readonly deploy: string
  /** Command that records the migration `<name>` as applied without running it. */
  readonly resolveApplied: string
  /** Command that records that the migration `<name>`, which failed, was rolled back. */
  readonly resolveRolledBack: string
}

/** Runs a query on a connected database. */
export interface HistoryClient {
  query<Row extends object>(text: string): Promise<{ readonly rows: Row[] }>
}

/** Where a tool writes down what it applied. */
export interface MigrationHistory {
  /** Name of the table without its namespace. It is judged as history, never as part of the schema. */
  readonly historyTable: string
  /** What the tool recorded, oldest first; empty when the table is not there. Reads only. */
  fetchHistory(client: HistoryClient): Promise<HistoryRow[]>
  /** Namespaces that hold such a table besides the one that is read. Reads only. */
  fetchOtherHistories(client: HistoryClient): Promise<readonly string[]>
}

/** Statements of a migration after which a deploy that stops leaves the same, under the transaction rule of the tool. */
export interface StopGroup {
  /** Statements that ran, the fewest and the most: 0 is before the first. */
  readonly from: number
  readonly to: number
  /** How many of them stay. */
  readonly committed: number
  /** Statements of the file. */
  readonly of: number
}

/** Where a deploy is made to stop, and how. */
export interface DeployStop {
  readonly migration: string
  /** Statements of its file that run first. */
  readonly after: number
  /** `killed`: the session vanishes; `failing`: Postgres refuses what comes next. */
  readonly how: 'killed' | 'failing'
}

/** What a deploy is given. */
export interface ApplyRequest {
  readonly connectionString: string
  /** What lies in the folder of the deploy, in the tool's order. */
  readonly migrations: readonly Migration[]
  /** Names that are expected to run, for the counts given to `onMigration`. */
  readonly expectedNew: readonly string[]
  /** Hears each migration before its SQL runs: its name, 1-based number, expected count. */
  readonly onMigration?: (name: string, number: number, count: number) => void
  /** The SQL of each migration waits for this; what ran before it is committed, unless its file left a transaction open. */
  readonly beforeEach?: (name: string) => Promise<void>
  /** The deploy stops there, which is its failure, marked as asked for; of one that is killed the SQLSTATE is 57P01. */
  readonly stopAfter?: DeployStop
  /** Another deploy may be under way: giving up on it is a failure with the tool's own code, and no error. */
  readonly mayMeet?: true
}

/** What a person has the tool record without running anything. */
export interface ResolveRequest {
  readonly connectionString: string
  /** What lies in the folder, in the tool's order. */
  readonly migrations: readonly Migration[]
  /** Names to record as applied. */
  readonly applied: readonly string[]
  /** Names of migrations that failed, to record as rolled back: a deploy then runs them again. */
  readonly rolledBack: readonly string[]
}

/** A migration tool under the rules of one version. Every tool passes `testing/migration-tool.suite.ts`. */
export interface MigrationTool extends MigrationHistory {
  readonly rules: ToolRules
  readonly words: ToolWords
  /**
   * Reads a folder in the tool's layout, its migrations in the order in which a deploy applies them.
   * @param projectRoot what `Migration.file` is relative to
   * @throws usage when the folder is missing; plan-invalid with every fault of the folder
   */
  listMigrations(folder: string, projectRoot: string): Promise<readonly Migration[]>
  /** Files, relative to the folder, of which a folder with these migrations alone consists. Reads only. */
  listFiles(folder: string, migrations: readonly Migration[]): Promise<readonly string[]>
  /**
   * Applies what is pending as the tool's own deploy does. A migration that fails, or a history that the tool refuses, is part of
   * the outcome; what ran before it stays applied.
   * @throws postgres-lost, engine-failed
   */
  apply(request: ApplyRequest): Promise<ReplayOutcome>
  /**
   * Records migrations by the tool's own means, those rolled back first; the first that the tool refuses is returned, null when none is.
   * Changes the history.
   * @throws postgres-lost, engine-failed
   */
  resolve(request: ResolveRequest): Promise<MigrationFailure | null>
  /** Where a deploy of the migration can stop, from its first statement to its end; empty where its SQL cannot be read, or is none. */
  listStops(migration: Migration): Promise<readonly StopGroup[]>
  /** Was the row recorded by hand as applied, without an execution? */
  isBaselined(row: HistoryRow): boolean
  /** Records a migration that failed as applied, as a person does who resolved it by hand: then a deploy passes it over. */
  passOver(client: HistoryClient, migration: string): Promise<void>
  /**
   * The SQL that makes the tables of the tool's own schema in an empty database.
   * @param path of the schema, absolute
   * @throws usage when the schema is missing or the tool finds it invalid; engine-failed
   */
  renderTargetSql(path: string): Promise<string>
  /**
   * What a replay by these rules cannot show, in sentences.
   * @param deploys names that one deploy applies, per deploy, in the tool's order
   */
  describeLimits(deploys: readonly (readonly string[])[]): readonly string[]
}

/** Where a scenario keeps its migrations; paths as the scenario writes them, relative to the project root. */
export interface ToolPlace {
  readonly scenario: string
  readonly projectRoot: string
  readonly migrations: string
}

/** A project of a tool in a repository; paths are relative to the repository's root, with `/`. */
export interface ToolProject {
  /** Name of the tool, as a scenario writes it. */
  readonly tool: string
  /** Name and version for people; says so where it is not installed. */
  readonly title: string
  /** Folder of the package that has it; `.` for the root. */
  readonly folder: string
  /** What says where the schema is: a configuration file, `package.json`, or null where it lies in its usual place. */
  readonly foundBy: string | null
  /** A schema file, or a folder of them. */
  readonly schema: string
  /** Migrations folder; it may not exist yet. */
  readonly migrations: string
  /** Version installed for it; null when none is. */
  readonly version: string | null
}

/** A line in the table of tools. */
export interface ToolRecord {
  readonly historyTable: string
  /** Key of the advisory lock that a deploy holds, as pg_advisory_lock(bigint) takes it; null: it takes none. */
  readonly advisoryLock: string | null
  /** @throws plan-invalid when the version or its rules cannot be established */
  open(choice: ToolChoice, place: ToolPlace): Promise<MigrationTool>
}

/** How projects of a tool are found in a repository. Apart from the tool itself, so that no checkpoint depends on it. */
export interface ProjectFinder {
  /** Where a project of the tool is looked for, as part of a sentence. */
  readonly signs: string
  /**
   * Finds the tool's project in a package; null when there is none.
   * @param folder of the package, relative to the root
   * @param schema a person's choice, relative to the root; then nothing is searched
   * @throws usage for an unsupported version, database or configuration
   */
  findProject(root: string, folder: string, schema?: string): Promise<ToolProject | null>
  /** Names that a captured history records as finished, oldest first; one that was rolled back is none. */
  toRecorded(columns: readonly string[], copyText: string): readonly string[]
}

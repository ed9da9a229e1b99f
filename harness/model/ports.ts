import type { ClusterState, RoleDescription, ServerRole } from './cluster.ts'
import type { MigrationFailure, ReplayOutcome } from './history.ts'
import type { PhaseStop } from './order.ts'
import type { DatabaseConditions } from './snapshot.ts'
import type { ApplyRequest } from './tool.ts'

/**
 * Where Postgres comes from. `auto` takes a container when a Docker engine answers quickly, else the embedded server.
 */
export type PostgresChoice = 'auto' | 'testcontainers' | 'embedded' | { readonly url: string }

/** A database of ours on a server: its name carries our prefix and its comment carries `mark`. */
export interface OwnedDatabase {
  readonly name: string
  /** Text of COMMENT ON DATABASE behind our prefix; a checkpoint's mark names its key. */
  readonly mark: string
  /** True once `seal` has finished: template, no connections allowed. */
  readonly sealed: boolean
}

/** How a database is created. */
export interface NewDatabase {
  /** Role of ours that it belongs to; left out: the superuser. */
  readonly owner?: string
  readonly mark: string
  readonly template?: string
  /** What it is to be like, as far as this server can; a copy is as its template is. */
  readonly conditions?: DatabaseConditions
  /** True for a copy that is dropped before its run ends: where the server can, it lies in memory. */
  readonly isShortLived?: boolean
}

/** A tablespace whose files lie in memory. */
export interface MemorySpace {
  readonly tablespace: string
  /** Folder of the memory file system that holds its files. */
  readonly folder: string
}

/**
 * A running Postgres on which only databases that we created can be touched. Every method that creates or drops
 * throws `database-refused` for a name without our prefix or a database without our mark.
 */
export interface PostgresServer {
  readonly provider: 'testcontainers' | 'embedded' | 'external'
  /** What the server is, for people: `embedded 17.10`, `postgres:17-alpine in a container`. */
  readonly description: string
  readonly version: { readonly text: string; readonly major: number }
  /** True when the server keeps its databases between runs, as the embedded cache does. */
  readonly persistent: boolean
  /**
   * Connection string with password. A person may see it when we started the server.
   * @param role of ours to connect as, which `Cluster.admit` let in; left out: the superuser that prepares the server
   */
  connectionString(database: string, role?: string): string
  /** Encoding and locale of a database of ours: `UTF8`, `builtin C.UTF-8`. */
  fetchConditions(database: string): Promise<Pick<DatabaseConditions, 'encoding' | 'locale'>>
  /** Creates an empty database, or a copy of a sealed one (STRATEGY FILE_COPY). `mark` becomes its comment. */
  createDatabase(name: string, options: NewDatabase): Promise<void>
  /** Drops a database WITH (FORCE), sealed or not. A missing database is fine. */
  dropDatabase(name: string): Promise<void>
  /**
   * Finishes a checkpoint: it sets the mark, ends the sessions, forbids connections and makes a template. The order
   * matters: the template flag comes last and proves completeness.
   */
  sealDatabase(name: string, mark: string): Promise<void>
  /** All databases that carry our prefix and mark. */
  listDatabases(): Promise<readonly OwnedDatabase[]>
  /**
   * Holds what the server keeps outside of its databases for one run. It waits for runs that hold it `alone`, and `alone` waits for all.
   * @throws postgres-lost
   */
  holdCluster(scenario: string, how: 'alone' | 'shared'): Promise<Cluster>
}

/** What a server keeps outside of its databases, while one run holds it: roles, settings, other databases. */
export interface Cluster {
  /** Reads it, with the settings of one database of ours. */
  read(database: string | null): Promise<ClusterState>
  /** Of a state, the roles that the run or its phases made. */
  rolesOf(state: ClusterState): readonly ServerRole[]
  /**
   * Makes roles by their real names, without passwords.
   * @throws role-refused when the server has one of that name that is not ours
   */
  makeRoles(roles: readonly RoleDescription[]): Promise<void>
  /**
   * Brings back a state: these roles are as they were, others of ours lose their names, and whatever else a migration changed
   * outside of its database is undone. False when one of the roles is no longer there.
   */
  enter(roles: readonly ServerRole[]): Promise<boolean>
  /** Lets a role log in by the password that `connectionString` gives. */
  admit(role: string): Promise<void>
  /** Drops the scenario's roles that nothing belongs to any more, but for these. */
  forgetRolesBut(roles: readonly ServerRole[]): Promise<void>
  /** Undoes everything and lets the next run in. It is safe to call twice, and after the server stopped. */
  release(): Promise<void>
}

/** What another process of the same run needs to reach a running server. It is plain data and holds the password. */
export interface ServerAddress {
  readonly provider: PostgresServer['provider']
  readonly description: string
  readonly persistent: boolean
  /** Connection string of the maintenance database, with password. */
  readonly url: string
  /** Owner in the comment of each database; empty on a server that only we use. */
  readonly owner: string
  /** Where short-lived databases lie; absent where the server has no such place. */
  readonly memory?: MemorySpace
}

/** A server that can be stopped. `stop` never throws twice and is safe to call on every path. */
export interface RunningPostgres extends PostgresServer {
  readonly address: ServerAddress
  /**
   * Stops what we started and drops what must not stay. `keepRunning` leaves only a container running, for a person
   * to look at.
   */
  stop(options?: { readonly keepRunning?: boolean }): Promise<void>
}

/** PostgreSQL's client programs in a container image, for a machine that has no fitting ones. */
export interface ClientImage {
  /** `postgres:17-alpine` */
  readonly image: string
  /**
   * The name by which a program in the container reaches our `host`: a name, an address, or the folder of a socket.
   */
  toHost(host: string): string
  /**
   * Runs a program and yields what it writes, no faster than that is read.
   * @param secrets environment that appears in no argument, file or description of the container
   * @throws ProgramFailed
   */
  run(
    command: readonly string[],
    environment?: Readonly<Record<string, string>>,
    secrets?: Readonly<Record<string, string>>,
  ): AsyncGenerator<Buffer>
  /** Removes the container. It is safe on every path; the container also ends when this process dies. */
  close(): Promise<void>
}

/**
 * Gets the client programs, or the reason why there are none, as part of a sentence. It fetches no image.
 * @param files files and folders of ours that the programs must be able to read
 */
export type OpenClientImage = (files: readonly string[]) => Promise<ClientImage | string>

/** The error for a program of PostgreSQL that failed; `message` is the first line of what it said. */
export class ProgramFailed extends Error {
  override readonly name = 'ProgramFailed'
}

/** How a deploy on a clone is made to stop, or meets another one. */
export type DeployOptions = Pick<ApplyRequest, 'stopAfter' | 'beforeEach' | 'mayMeet'>

/** What a deploy on a clone came to. */
export type Deployed = Pick<ReplayOutcome, 'applied' | 'failure'>

/** A clone of a phase's checkpoint for one experiment, as the role that applies migrations reaches it. */
export interface RehearsedDatabase {
  readonly connectionString: string
  /** Applies the phase with the tool, as production would, and what the phase has it resolve; null when all of it ran. */
  deploy(options?: DeployOptions): Promise<MigrationFailure | null>
  /** Applies what is pending, as a second deploy of the phase does. */
  deployAgain(options?: DeployOptions): Promise<Deployed>
  /** Has the tool record a migration that failed; null when it does. */
  resolve(how: 'applied' | 'rolled-back', migration: string): Promise<MigrationFailure | null>
  /**
   * Where it is not what the database was before or after the phase, in sentences. After the phase rows are counted only, unless
   * `values` are asked for, and rows of the history that an attempt left count for nothing.
   */
  compareWith(state: 'before' | 'after', what?: 'values'): Promise<readonly string[]>
}

/** Clones on which the phases of a plan run in any order, as the role that applies migrations. */
export interface PhaseBench {
  /** Runs `use` with a clone on which these phases ran, up to the first that stopped. */
  with<T>(order: readonly number[], use: (clone: PhaseClone) => Promise<T>): Promise<T>
}

/** A clone on which phases ran in some order. */
export interface PhaseClone {
  readonly stop: PhaseStop | null
  /** Runs more of them, up to the first that stops. */
  run(order: readonly number[]): Promise<PhaseStop | null>
  /** Where it is not what the plan's order leads to, in sentences; values that are others with every run do not count. */
  compare(): Promise<readonly string[]>
  /** What the phase expects and does not find here, in sentences. */
  unmet(): Promise<readonly string[]>
}

/**
 * Receives what is happening. Implementations print lines, keep one live line on a terminal, or do nothing in tests.
 */
export interface Progress {
  /** Reports a step in one line, for example `snapshot tcc-production: 9 tables, 12,345 rows`. */
  step(text: string): void
  /** Reports the count of a long step, at most a few times a second. */
  count(text: string, done: number, total: number): void
}

export const silentProgress: Progress = { step() {}, count() {} }

/** Where Postgres comes from. `auto` takes a container when a Docker engine answers quickly, else the embedded server. */
export type PostgresChoice = 'auto' | 'testcontainers' | 'embedded' | { readonly url: string }

/** A database of ours on a server: its name carries our prefix and its comment carries `mark`. */
export interface OwnedDatabase {
  readonly name: string
  /** Text of COMMENT ON DATABASE behind our prefix; a checkpoint's mark names its key. */
  readonly mark: string
  /** True once `seal` has finished: template, no connections allowed. */
  readonly sealed: boolean
}

/**
 * A running Postgres on which only databases that we created can be touched. Names are checked by the guard in `postgres/`;
 * every method that creates or drops throws `database-refused` for a name without our prefix or a database without our mark.
 */
export interface PostgresServer {
  readonly provider: 'testcontainers' | 'embedded' | 'external'
  /** For people: `embedded 17.10`, `postgres:17-alpine in a container`. */
  readonly description: string
  readonly version: { readonly text: string; readonly major: number }
  /** Does the server keep its databases between runs (embedded cache)? */
  readonly persistent: boolean
  /** Connection string with password. For servers we started it may be shown to the person. */
  connectionString(database: string): string
  /** Creates an empty database, or a copy of a sealed one (STRATEGY FILE_COPY). `mark` becomes its comment. */
  createDatabase(name: string, options: { readonly mark: string; readonly template?: string }): Promise<void>
  /** Drops WITH (FORCE), sealed or not. Missing is fine. */
  dropDatabase(name: string): Promise<void>
  /** Finishes a checkpoint: sets the mark, ends its sessions, forbids connections, makes it a template. In this order, so that the template flag proves completeness. */
  sealDatabase(name: string, mark: string): Promise<void>
  /** All databases that carry our prefix and mark. */
  listDatabases(): Promise<readonly OwnedDatabase[]>
}

/** What another process of the same run needs to reach a running server; plain data, holds the password. */
export interface ServerAddress {
  readonly provider: PostgresServer['provider']
  readonly description: string
  readonly persistent: boolean
  /** Connection string of the maintenance database, with password. */
  readonly url: string
  /** Owner written into the comment of each database; empty on a server that is ours alone. */
  readonly owner: string
}

/** A server with its end. `stop` never throws twice and is safe to call on every path. */
export interface RunningPostgres extends PostgresServer {
  readonly address: ServerAddress
  /** Stops what we started, drops what must not stay. `keepRunning` leaves a container (only) up for a person to look at. */
  stop(options?: { readonly keepRunning?: boolean }): Promise<void>
}

/** The client programs of PostgreSQL in a container image, for a machine where none is installed that fits. */
export interface ClientImage {
  /** `postgres:17-alpine` */
  readonly image: string
  /** The name by which a program in the container reaches what is `host` to us: a name, an address, or the folder of a socket. */
  toHost(host: string): string
  /**
   * Runs a program and yields what it writes; heeds how fast that is read.
   * @param secrets environment that must stand in no argument, file or description of the container
   * @throws ProgramFailed
   */
  run(
    command: readonly string[],
    environment?: Readonly<Record<string, string>>,
    secrets?: Readonly<Record<string, string>>,
  ): AsyncGenerator<Buffer>
  /** Removes the container. Safe on every path; it goes by itself when this process dies. */
  close(): Promise<void>
}

/**
 * Gets the client programs, or the reason why there are none, as part of a sentence. Fetches no image.
 * @param files files and folders of ours that the programs must be able to read
 */
export type OpenClientImage = (files: readonly string[]) => Promise<ClientImage | string>

/** A program of PostgreSQL that did not end well; `message` is the first line of what it said. */
export class ProgramFailed extends Error {
  override readonly name = 'ProgramFailed'
}

/** Receives what is happening. Implementations: terminal lines, a live line on a TTY, nothing in tests. */
export interface Progress {
  /** A step begins or is reported in one line, for example `snapshot tcc-production: 9 tables, 12,345 rows`. */
  step(text: string): void
  /** Count of a long step, at most a few times a second. */
  count(text: string, done: number, total: number): void
}

export const silentProgress: Progress = { step() {}, count() {} }

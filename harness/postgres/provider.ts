import type { PostgresServer, Progress, RunningPostgres } from '../model/ports.ts'

/** What a provider is started with. */
export interface ProviderOptions {
  /** Folder of the project that may keep files between runs. It is made when missing. */
  readonly cacheFolder: string
  /** Container image instead of the provider's default. */
  readonly image?: string
  /** Connection string, for the provider that takes one. */
  readonly url?: string
  readonly progress: Progress
  readonly env: NodeJS.ProcessEnv
  /** Why this provider was chosen, for people; absent when it was asked for by name. */
  readonly reason?: string
}

/** Whether a provider can be had here, and how that was found out, as part of a sentence. */
export interface Availability {
  readonly available: boolean
  readonly reason: string
}

/** One way to get a Postgres server. Records are light: what a provider needs to run is loaded when it starts. */
export interface PostgresProvider {
  readonly name: PostgresServer['provider']
  /** What the user writes behind `--postgres`, as a help text names it. */
  readonly option: string
  /** Subject of a message: "Could not start the container". */
  readonly title: string
  /** True where the harness may take it without being asked to. */
  readonly automatic: boolean
  /** True where its server can stay up for a person after the run. */
  readonly canStay: boolean
  /** What to do where it cannot be had, as a sentence. */
  readonly remedy: string
  /** Finds out whether it can be had; starts nothing, and takes no longer than `patienceMs`. */
  probe(env: NodeJS.ProcessEnv, patienceMs: number): Promise<Availability>
  /** @throws postgres-unavailable when it cannot be had after all */
  start(options: ProviderOptions): Promise<RunningPostgres>
}

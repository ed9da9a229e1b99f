import type { Progress, RunningPostgres } from '../model/ports.ts'

/** What every provider is started with. */
export interface ProviderOptions {
  /** Folder of the project that may keep files between runs. It is made when missing. */
  readonly cacheFolder: string
  /** Container image instead of the provider's default. */
  readonly image?: string
  readonly progress: Progress
  readonly env: NodeJS.ProcessEnv
  /** Why this provider was chosen, for people; absent when it was asked for by name. */
  readonly reason?: string
}

/** One way to get a server. */
export type StartProvider = (options: ProviderOptions) => Promise<RunningPostgres>

import type { Progress } from '../../model/ports.ts'
import type { Account } from './embedded-account.ts'
import type { Binaries } from './embedded-binaries.ts'
import type { ReadyServer } from './embedded-server.ts'

/** What an embedded server is made with: where, from which programs, as whom. */
export interface EmbeddedPlace {
  /** Folder that clusters lie in. */
  readonly base: string
  readonly binaries: Binaries
  /** The account that the server runs as; undefined when that is ours. */
  readonly account: Account | undefined
  readonly progress: Progress
}

/** A running server with what happens to its cluster afterwards. */
export interface StartedCluster {
  readonly server: ReadyServer
  readonly persistent: boolean
  /** Stops the server and leaves its files as they should be. Never throws. */
  end(): Promise<void>
}

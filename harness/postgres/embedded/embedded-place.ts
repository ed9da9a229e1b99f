import type { Progress } from '../../model/ports.ts'
import type { Account } from './embedded-account.ts'
import type { Binaries } from './embedded-binaries.ts'
import type { ReadyServer } from './embedded-server.ts'

/** Where an embedded server is made, from which programs, and as which account. */
export interface EmbeddedPlace {
  /** Folder that holds clusters. */
  readonly base: string
  readonly binaries: Binaries
  /** The account that the server runs as; undefined when it is our own. */
  readonly account: Account | undefined
  readonly progress: Progress
}

/** A running server, with what happens to its cluster afterwards. */
export interface StartedCluster {
  readonly server: ReadyServer
  readonly persistent: boolean
  /** Stops the server and leaves its files in order. It never throws. */
  end(): Promise<void>
}

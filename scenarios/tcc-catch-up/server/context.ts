import type { PrismaClient } from '../../../generated/tcc-client/client.ts'
import type { Tokens } from './auth/token.ts'
import type { Log } from './log.ts'

/** What every group of routes receives. */
export interface AppContext {
  readonly prisma: PrismaClient
  readonly tokens: Tokens
  readonly log: Log
  /** Longest wait of `GET /health` for the database. */
  readonly healthTimeoutMs: number
}

import type { RequestListener } from 'node:http'
import express from 'express'
import { createTokens, randomSecret } from './auth/token.ts'
import type { AppContext } from './context.ts'
import { openDatabase } from './database.ts'
import { answerErrors, answerUnknownPath } from './errors.ts'
import { type Log, logToStderr } from './log.ts'
import { authRoutes } from './routes/auth.ts'
import { healthRoutes } from './routes/health.ts'

export interface AppOptions {
  readonly databaseUrl: string
  /** Signs tokens, at least 32 characters. Default: JWT_SECRET, or a random one that lives as long as the process. */
  readonly jwtSecret?: string
  readonly log?: Log
  /** Longest wait of `GET /health` for the database. Default 2000. */
  readonly healthTimeoutMs?: number
}

export interface App {
  readonly listener: RequestListener
  /** Ends the pool; further calls are harmless. */
  close(): Promise<void>
}

/**
 * The unified server on one database.
 *
 * Makes sure of the generated Prisma Client first; connects with the first request.
 * @throws Error when the secret is too short or the client can't be generated
 */
export async function createApp(options: AppOptions): Promise<App> {
  const log = options.log ?? logToStderr
  const tokens = createTokens(options.jwtSecret ?? (process.env.JWT_SECRET || randomSecret))
  const prisma = await openDatabase(options.databaseUrl, log)
  const context: AppContext = { prisma, tokens, log, healthTimeoutMs: options.healthTimeoutMs ?? 2_000 }

  const app = express()
  app.disable('x-powered-by')
  app.use(express.json())
  app.use('/health', healthRoutes(context))
  app.use('/api/auth', authRoutes(context))
  app.use(answerUnknownPath)
  app.use(answerErrors(log))

  let closed: Promise<void> | undefined
  return {
    listener: app,
    close() {
      closed ??= prisma.$disconnect()
      return closed
    },
  }
}

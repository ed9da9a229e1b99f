import type { RequestListener } from 'node:http'
import express from 'express'
import { createTokens, randomSecret } from './auth/token.ts'
import type { AppContext } from './context.ts'
import { openDatabase } from './database.ts'
import { answerErrors, answerUnknownPath } from './errors.ts'
import { type ClientPlace, unifiedClient } from './generate-client.ts'
import { type Log, logToStderr } from './log.ts'
import { agencyRoutes } from './routes/agencies.ts'
import { agencyRequestRoutes } from './routes/agency-requests.ts'
import { agencyResponseRoutes } from './routes/agency-responses.ts'
import { authRoutes } from './routes/auth.ts'
import { backhaulOpportunityRoutes } from './routes/backhaul-opportunities.ts'
import { centerAnalyticsRoutes } from './routes/center-analytics.ts'
import { centerUnitRoutes } from './routes/center-units.ts'
import { costBreakdownRoutes } from './routes/cost-breakdowns.ts'
import { costCenterRoutes } from './routes/cost-centers.ts'
import { dropdownCategoryRoutes } from './routes/dropdown-categories.ts'
import { dropdownOptionRoutes } from './routes/dropdown-options.ts'
import { emsAnalyticsRoutes } from './routes/ems-analytics.ts'
import { emsSubUserRoutes } from './routes/ems-sub-users.ts'
import { facilityRoutes } from './routes/facilities.ts'
import { healthRoutes } from './routes/health.ts'
import { healthcareAgencyRoutes } from './routes/healthcare-agencies.ts'
import { healthcareDestinationRoutes } from './routes/healthcare-destinations.ts'
import { healthcareLocationRoutes } from './routes/healthcare-locations.ts'
import { healthcareSubUserRoutes } from './routes/healthcare-sub-users.ts'
import { hospitalRoutes } from './routes/hospitals.ts'
import { notificationRoutes } from './routes/notifications.ts'
import { pickupLocationRoutes } from './routes/pickup-locations.ts'
import { pricingModelRoutes } from './routes/pricing-models.ts'
import { publicRoutes } from './routes/public.ts'
import { routeOptimizationRoutes } from './routes/route-optimization.ts'
import { tripRoutes } from './routes/trips.ts'
import { unitRoutes } from './routes/units.ts'

export interface AppOptions {
  readonly databaseUrl: string
  /**
   * Secret that signs tokens, at least 32 characters. Default: JWT_SECRET, or a random one that lives as long as the
   * process.
   */
  readonly jwtSecret?: string
  readonly log?: Log
  /** Longest wait of `GET /health` for the database. Default 2000. */
  readonly healthTimeoutMs?: number
  /** The Prisma Client to use. Default: that of the target schema. */
  readonly client?: ClientPlace
}

export interface App {
  readonly listener: RequestListener
  /** Ends the pool. Further calls are harmless. */
  close(): Promise<void>
}

/**
 * The unified server on one database. It ensures the generated Prisma Client first, and connects with the first
 * request.
 * @throws Error when the secret is too short or the client can't be generated
 */
export async function createApp(options: AppOptions): Promise<App> {
  const log = options.log ?? logToStderr
  const tokens = createTokens(options.jwtSecret ?? (process.env.JWT_SECRET || randomSecret))
  const prisma = await openDatabase(options.databaseUrl, log, options.client ?? unifiedClient)
  const context: AppContext = { prisma, tokens, log, healthTimeoutMs: options.healthTimeoutMs ?? 2_000 }

  const app = express()
  app.disable('x-powered-by')
  app.use(express.json())
  app.use(['/health', '/api/health'], healthRoutes(context))
  app.use('/api/auth', authRoutes(context))
  app.use('/api/trips', tripRoutes(context))
  app.use('/api/agency-responses', agencyResponseRoutes(context))
  app.use('/api/agency', agencyRequestRoutes(context))
  app.use('/api/tcc/agencies', agencyRoutes(context))
  app.use('/api/tcc/units', centerUnitRoutes(context))
  app.use('/api/units', unitRoutes(context))
  app.use('/api/ems/analytics', emsAnalyticsRoutes(context))
  app.use('/api/ems/sub-users', emsSubUserRoutes(context))
  app.use('/api/tcc/backhaul-opportunities', backhaulOpportunityRoutes(context))
  app.use('/api/tcc/analytics', centerAnalyticsRoutes(context))
  app.use('/api/tcc/analytics', costBreakdownRoutes(context))
  app.use('/api/tcc/cost-centers', costCenterRoutes(context))
  app.use('/api/dropdown-categories', dropdownCategoryRoutes(context))
  app.use('/api/dropdown-options', dropdownOptionRoutes(context))
  app.use('/api/tcc/facilities', facilityRoutes(context))
  app.use('/api/healthcare/agencies', healthcareAgencyRoutes(context))
  app.use('/api/healthcare/destinations', healthcareDestinationRoutes(context))
  app.use('/api/healthcare/locations', healthcareLocationRoutes(context))
  app.use('/api/tcc/hospitals', hospitalRoutes(context))
  app.use('/api/notifications', notificationRoutes(context))
  app.use('/api/tcc/pickup-locations', pickupLocationRoutes(context))
  app.use('/api/tcc/pricing-models', pricingModelRoutes(context))
  app.use('/api/public', publicRoutes(context))
  app.use('/api/optimize', routeOptimizationRoutes(context))
  app.use('/api/healthcare/sub-users', healthcareSubUserRoutes(context))
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

import { setTimeout as wait } from 'node:timers/promises'
import { Router } from 'express'
import type { AppContext } from '../context.ts'

/** `GET /health`: 200 `healthy` when the database answers within the deadline, else 503 `unhealthy`. */
export function healthRoutes({ prisma, log, healthTimeoutMs }: AppContext): Router {
  const router = Router()
  router.get('/', async (_request, response) => {
    const failure = await toFailure(prisma.$queryRaw`SELECT 1`, healthTimeoutMs)
    const timestamp = new Date().toISOString()
    if (failure === null) {
      response.json({ status: 'healthy', timestamp })
      return
    }
    log({ level: 'error', event: 'unhealthy', cause: failure })
    response.status(503).json({ status: 'unhealthy', timestamp, error: failure })
  })
  return router
}

async function toFailure(check: Promise<unknown>, deadlineMs: number): Promise<string | null> {
  const deadline = new AbortController()
  try {
    return await Promise.race([
      check.then(
        () => null,
        () => 'The database does not answer.',
      ),
      wait(deadlineMs, `The database did not answer within ${deadlineMs} ms.`, { signal: deadline.signal }),
    ])
  } finally {
    deadline.abort()
  }
}

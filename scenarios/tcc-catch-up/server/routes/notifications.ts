import { Router } from 'express'
import type { AppContext } from '../context.ts'
import { ApiError } from '../errors.ts'
import { fetchPreferences, type Preferences, writePreferences } from '../notify/preferences.ts'
import { createNotification, recordNotification, recordTestDelivery } from '../notify/record-deliveries.ts'
import { allRoles, answersOf, centerRoles } from '../operation.ts'

// createdAt came to this table later than the rest of it, and reading doesn't need it.
const select = { id: true, metricName: true, metricValue: true, timestamp: true, userId: true } as const

/** `/api/notifications`: notices in the application for everybody; preferences, mail and SMS for the control center. */
export function notificationRoutes(context: AppContext): Router {
  const { prisma } = context
  const answers = answersOf(context)
  const router = Router()

  router.get(
    '/',
    answers.to<unknown, { limit: number }>('listNotifications', allRoles, async ({ account, query }) => ({
      data: await prisma.systemAnalytics.findMany({
        where: { metricName: 'notification', userId: account.id },
        select,
        orderBy: [{ timestamp: 'desc' }, { id: 'asc' }],
        take: query.limit,
      }),
    })),
  )

  router.post(
    '/test',
    answers.to<{ type?: string; title?: string; message?: string } | undefined, unknown>(
      'createTestNotification',
      allRoles,
      async ({ account, body }) => {
        const { type = 'TEST', title = 'Test', message = 'This is a test.' } = body ?? {}
        return { data: await createNotification(prisma, account.id, { type, title, message }) }
      },
      201,
    ),
  )

  router.put(
    '/:id/read',
    answers.to('markNotificationRead', allRoles, async ({ account, params }) => {
      const where = { id: params.id as string, metricName: 'notification', userId: account.id }
      const notification = await prisma.systemAnalytics.findFirst({ where, select })
      if (!notification) throw new ApiError('not-found', 'There is no such notification.')
      const metricValue = { ...(notification.metricValue as object), read: true }
      const data = await prisma.systemAnalytics.update({
        where: { id: notification.id },
        data: { metricValue },
        select,
      })
      return { data }
    }),
  )

  router.put(
    '/read-all',
    answers.to('markAllNotificationsRead', allRoles, async ({ account }) => {
      const updated = await prisma.$executeRaw`
        UPDATE "system_analytics" SET "metricValue" = jsonb_set("metricValue", '{read}', 'true')
         WHERE "metricName" = 'notification' AND "userId" = ${account.id}
           AND jsonb_typeof("metricValue") = 'object' AND "metricValue" -> 'read' IS DISTINCT FROM 'true'`
      return { data: { updated } }
    }),
  )

  router.get(
    '/preferences',
    answers.to('getNotificationPreferences', centerRoles, async ({ account }) => ({
      data: await fetchPreferences(prisma, account.id),
    })),
  )

  router.put(
    '/preferences',
    answers.to<Partial<Preferences>, unknown>(
      'updateNotificationPreferences',
      centerRoles,
      async ({ account, body }) => ({
        message: 'Preferences updated',
        data: await writePreferences(prisma, account.id, body),
      }),
    ),
  )

  router.get(
    '/log',
    answers.to<unknown, { days: number; limit: number }>(
      'listNotificationLog',
      centerRoles,
      async ({ account, query }) => ({
        data: await prisma.notificationLog.findMany({
          where: { userId: account.id, sentAt: { gte: toSince(query.days) } },
          orderBy: [{ sentAt: 'desc' }, { id: 'asc' }],
          take: query.limit,
        }),
      }),
    ),
  )

  router.get(
    '/stats',
    answers.to<unknown, { days: number }>('getNotificationStats', ['ADMIN'], async ({ query }) => {
      const groups = await prisma.notificationLog.groupBy({
        by: ['channel', 'status'],
        where: { sentAt: { gte: toSince(query.days) } },
        _count: { id: true },
        orderBy: [{ channel: 'asc' }, { status: 'asc' }],
      })
      const byChannelAndStatus = groups.map(({ channel, status, _count }) => ({
        channel,
        status,
        count: _count.id,
      }))
      return {
        data: { total: byChannelAndStatus.reduce((sum, { count }) => sum + count, 0), byChannelAndStatus },
      }
    }),
  )

  router.post(
    '/send',
    answers.to<{ targetUserId: string; notificationType: string; title?: string; message?: string }, unknown>(
      'sendNotification',
      centerRoles,
      async ({ body: { targetUserId, notificationType, title = notificationType, message = '' } }) => ({
        data: await recordNotification(prisma, targetUserId, { notificationType, title, message }),
      }),
      201,
    ),
  )

  for (const [path, operationId, channel] of [
    ['/test-email', 'sendTestEmail', 'email'],
    ['/test-sms', 'sendTestSms', 'sms'],
  ] as const) {
    router.post(
      path,
      answers.to(
        operationId,
        centerRoles,
        async ({ account }) => ({ data: await recordTestDelivery(prisma, account.id, channel) }),
        201,
      ),
    )
  }
  return router
}

function toSince(days: number): Date {
  return new Date(Date.now() - days * 86_400_000)
}

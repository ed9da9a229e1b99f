import { Router } from 'express'
import type { AppContext } from '../context.ts'
import { recordTestDelivery } from '../notify/record-deliveries.ts'
import { answersOf, type Call, centerRoles } from '../operation.ts'

interface Settings {
  readonly emailNotifications?: boolean
  readonly smsNotifications?: boolean
  readonly phone?: string | null
}

const select = { emailNotifications: true, smsNotifications: true, phone: true } as const

/** Routes below `/api/trips` for the channels by which the center's staff hears of trips. */
export function tripNotificationRoutes(context: AppContext): Router {
  const { prisma } = context
  const answers = answersOf(context)
  const router = Router()

  router.get(
    '/notifications/settings',
    answers.to('getTripNotificationSettings', centerRoles, async ({ account: { id } }: Call) => ({
      data: await prisma.centerUser.findUniqueOrThrow({ where: { id }, select }),
    })),
  )
  router.put(
    '/notifications/settings',
    answers.to(
      'setTripNotificationSettings',
      centerRoles,
      async ({ account: { id }, body }: Call<Settings>) => ({
        data: await prisma.centerUser.update({ where: { id }, data: body, select }),
      }),
    ),
  )
  for (const [path, operationId, channel] of [
    ['/test-email', 'sendTripTestEmail', 'email'],
    ['/test-sms', 'sendTripTestSms', 'sms'],
  ] as const) {
    router.post(
      path,
      answers.to(
        operationId,
        centerRoles,
        async ({ account }: Call) => ({ data: await recordTestDelivery(prisma, account.id, channel) }),
        201,
      ),
    )
  }
  return router
}

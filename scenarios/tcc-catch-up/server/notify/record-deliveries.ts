import type { PrismaClient } from '../../../../generated/tcc-client/client.ts'
import { ApiError } from '../errors.ts'

/** A message to a user. */
export interface Notice {
  readonly notificationType: string
  readonly title: string
  readonly message: string
}

type Channel = 'email' | 'sms'

/**
 * Notifies a center user in the application and by each channel that the user wants for this type. Mail and short
 * messages only become rows of notification_logs: `RECORDED`, or `FAILED` without an address.
 * @throws ApiError `unprocessable` when there is no such active center user
 */
export async function recordNotification(prisma: PrismaClient, userId: string, notice: Notice) {
  const { emailNotifications, smsNotifications, phone } = await fetchUser(prisma, userId)
  const { notificationType, title, message } = notice
  const preference = await prisma.notificationPreference.findUnique({
    where: { userId_notificationType: { userId, notificationType } },
    select: { emailEnabled: true, smsEnabled: true },
  })
  const channels: Channel[] = []
  if (emailNotifications && (preference?.emailEnabled ?? true)) channels.push('email')
  if (smsNotifications && (preference?.smsEnabled ?? true)) channels.push('sms')
  const [notification, ...deliveries] = await prisma.$transaction([
    createNotification(prisma, userId, { type: notificationType, title, message }),
    ...channels.map((channel) => createDelivery(prisma, userId, notificationType, channel, phone)),
  ])
  return { notification, deliveries }
}

/** Records one mail or short message to a center user, whatever the user's preferences are. */
export async function recordTestDelivery(prisma: PrismaClient, userId: string, channel: Channel) {
  const { phone } = await fetchUser(prisma, userId)
  return createDelivery(prisma, userId, 'TEST', channel, phone)
}

/** Creates a notification in the application, unread. */
export function createNotification(
  prisma: PrismaClient,
  userId: string,
  { type, title, message }: { type: string; title: string; message: string },
) {
  const createdAt = new Date().toISOString()
  return prisma.systemAnalytics.create({
    data: {
      metricName: 'notification',
      userId,
      metricValue: { read: false, type, title, message, createdAt },
    },
  })
}

function createDelivery(
  prisma: PrismaClient,
  userId: string,
  notificationType: string,
  channel: Channel,
  phone: string | null,
) {
  const failure = channel === 'sms' && phone === null ? 'The user has no phone number.' : null
  return prisma.notificationLog.create({
    data: {
      userId,
      notificationType,
      channel,
      status: failure === null ? 'RECORDED' : 'FAILED',
      errorMessage: failure,
    },
  })
}

async function fetchUser(prisma: PrismaClient, id: string) {
  const user = await prisma.centerUser.findUnique({
    where: { id, isActive: true, isDeleted: false },
    select: { emailNotifications: true, smsNotifications: true, phone: true },
  })
  if (!user) throw new ApiError('unprocessable', 'There is no such active user of the control center.')
  return user
}

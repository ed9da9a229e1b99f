import type { PrismaClient } from '../../../../generated/tcc-client/client.ts'

/**
 * Which messages a center user wants, and by which channels. Types that are not named use every channel that is on.
 */
export interface Preferences {
  readonly emailNotifications: boolean
  readonly smsNotifications: boolean
  readonly phone: string | null
  readonly notificationTypes: Readonly<Record<string, ChannelChoice>>
}

interface ChannelChoice {
  readonly email: boolean
  readonly sms: boolean
}

/** The stored preferences. */
export async function fetchPreferences(prisma: PrismaClient, userId: string): Promise<Preferences> {
  const [user, types] = await prisma.$transaction([
    prisma.centerUser.findUniqueOrThrow({
      where: { id: userId },
      select: { emailNotifications: true, smsNotifications: true, phone: true },
    }),
    prisma.notificationPreference.findMany({
      where: { userId },
      select: { notificationType: true, emailEnabled: true, smsEnabled: true },
      orderBy: { notificationType: 'asc' },
    }),
  ])
  const notificationTypes = Object.fromEntries(
    types.map(({ notificationType, emailEnabled, smsEnabled }) => [
      notificationType,
      { email: emailEnabled, sms: smsEnabled },
    ]),
  )
  return { ...user, notificationTypes }
}

/** Stores the given preferences and leaves the rest, in one transaction. */
export async function writePreferences(
  prisma: PrismaClient,
  userId: string,
  { notificationTypes = {}, ...ofUser }: Partial<Preferences>,
): Promise<Preferences> {
  await prisma.$transaction([
    prisma.centerUser.update({ where: { id: userId }, data: ofUser, select: { id: true } }),
    ...Object.entries(notificationTypes).map(([notificationType, { email, sms }]) =>
      prisma.notificationPreference.upsert({
        where: { userId_notificationType: { userId, notificationType } },
        create: { userId, notificationType, emailEnabled: email, smsEnabled: sms },
        update: { emailEnabled: email, smsEnabled: sms },
      }),
    ),
  ])
  return fetchPreferences(prisma, userId)
}

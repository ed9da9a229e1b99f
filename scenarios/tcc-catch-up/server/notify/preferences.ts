import type { PrismaClient } from '../../../../generated/tcc-client/client.ts'

/** What a center user wants to be told, and how. Types that are not named are told by every channel that is on. */
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

/** The preferences as they are stored. */
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

/** Stores what is given and leaves the rest, all of it or nothing. */
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

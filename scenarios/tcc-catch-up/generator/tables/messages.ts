import { toCreatedAndUpdated, toLater, toMoment, toStamp } from '../clock.ts'
import { toNotes } from '../invented/care.ts'
import { type Row, toRows } from '../row.ts'
import type { User } from './accounts.ts'

const KINDS = ['TRIP_CREATED', 'TRIP_ACCEPTED', 'TRIP_STATUS', 'AGENCY_RESPONSE', 'SYSTEM'] as const

/** system_analytics: half of the rows are notifications to a center user, the rest are figures without a user. */
export function toSystemAnalytics(seed: string, count: number, users: readonly User[]): readonly Row[] {
  return toRows(`${seed}/system_analytics`, count, (dice) => {
    const timestamp = toStamp(dice, toMoment(dice))
    const row = { id: dice.id(), timestamp, createdAt: timestamp }
    if (dice.chance(0.5)) {
      const message = toNotes(dice) ?? 'A trip was updated.'
      const value = {
        read: dice.chance(0.5),
        type: dice.pick(KINDS),
        title: 'Trip "update"',
        message,
        createdAt: timestamp,
      }
      return { ...row, metricName: 'notification', metricValue: { json: value }, userId: dice.pick(users).id }
    }
    const figures = {
      total: dice.between(0, 5000),
      byLevel: { BLS: dice.below(90), ALS: dice.below(40) },
      trend: [1, -2.5, null],
    }
    return {
      ...row,
      metricName: dice.pick(['trips_total', 'response_time', 'active_units', 'login_count']),
      metricValue: { json: dice.chance(0.2) ? dice.between(0, 500) : figures },
      userId: null,
    }
  })
}

/** notification_preferences: each kind at most once for a user. */
export function toNotificationPreferences(
  seed: string,
  count: number,
  users: readonly User[],
): readonly Row[] {
  return toRows(
    `${seed}/notification_preferences`,
    Math.min(count, users.length * KINDS.length),
    (dice, index) => ({
      id: dice.id(),
      userId: (users[Math.floor(index / KINDS.length)] as User).id,
      notificationType: KINDS[index % KINDS.length] as string,
      emailEnabled: dice.chance(0.8),
      smsEnabled: dice.chance(0.3),
      ...toCreatedAndUpdated(dice, toMoment(dice)),
    }),
  )
}

/** notification_logs: sent, delivered, failed. */
export function toNotificationLogs(seed: string, count: number, users: readonly User[]): readonly Row[] {
  return toRows(`${seed}/notification_logs`, count, (dice, index) => {
    const sent = toMoment(dice)
    const status = dice.pick(['SENT', 'DELIVERED', 'DELIVERED', 'FAILED'])
    return {
      id: dice.id(),
      userId: (index < 5 ? (users[0] as User) : dice.pick(users)).id,
      notificationType: dice.pick(KINDS),
      channel: dice.pick(['email', 'sms']),
      status,
      sentAt: toStamp(dice, sent),
      deliveredAt: status === 'DELIVERED' ? toStamp(dice, toLater(dice, sent + 1, 1)) : null,
      errorMessage: status === 'FAILED' ? 'Mailbox full (code 552)\n\tafter 3 tries' : null,
    }
  })
}

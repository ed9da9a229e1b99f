import { Router } from 'express'
import { assertOrgAdmin } from '../auth/agency-of.ts'
import type { AppContext } from '../context.ts'
import { ApiError } from '../errors.ts'
import { answersOf, type Call } from '../operation.ts'

interface FacilityChange {
  readonly facilityName?: string
  readonly facilityType?: string
  readonly manageMultipleLocations?: boolean
  readonly smsNotifications?: boolean
  readonly address?: string
  readonly city?: string
  readonly state?: string
  readonly zipCode?: string
  readonly phone?: string
  readonly latitude?: number
  readonly longitude?: number
}

/**
 * `/api/auth/healthcare/facility`: a healthcare user's own facility, stored in the user's row and its primary
 * location.
 */
export function healthcareFacilityRoutes(context: AppContext): Router {
  const { prisma } = context
  const router = Router()
  router.put(
    '/update',
    answersOf(context).to(
      'updateOwnFacility',
      ['HEALTHCARE'],
      async ({ account, body }: Call<FacilityChange>) => {
        assertOrgAdmin(account)
        const { facilityName, facilityType, manageMultipleLocations, smsNotifications, ...place } = body
        const data = await prisma.$transaction(async (tx) => {
          const user = await tx.healthcareUser.update({
            where: { id: account.id },
            data: removeUndefined({ facilityName, facilityType, manageMultipleLocations, smsNotifications }),
            select: {
              id: true,
              email: true,
              name: true,
              facilityName: true,
              facilityType: true,
              manageMultipleLocations: true,
              smsNotifications: true,
            },
          })
          const primary = await tx.healthcareLocation.findFirst({
            where: { healthcareUserId: account.id, isPrimary: true },
            select: { id: true },
          })
          if (Object.keys(place).length === 0) return { ...user, primaryLocationId: primary?.id ?? null }
          if (primary) {
            await tx.healthcareLocation.update({ where: primary, data: place, select: { id: true } })
            return { ...user, primaryLocationId: primary.id }
          }
          const { address, city, state, zipCode, ...rest } = place
          if (!address || !city || !state || !zipCode) {
            throw new ApiError('unprocessable', 'There is no primary location yet: give its whole address.')
          }
          const created = await tx.healthcareLocation.create({
            data: {
              ...rest,
              address,
              city,
              state,
              zipCode,
              healthcareUserId: account.id,
              locationName: user.facilityName,
              facilityType: user.facilityType,
              isPrimary: true,
            },
            select: { id: true },
          })
          return { ...user, primaryLocationId: created.id }
        })
        return { data }
      },
    ),
  )
  return router
}

function removeUndefined<T extends object>(change: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}

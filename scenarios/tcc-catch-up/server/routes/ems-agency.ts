import { Router } from 'express'
import { agencyOf, assertOrgAdmin } from '../auth/agency-of.ts'
import { assertEmailIsFree } from '../auth/users.ts'
import { type Availability, toAvailability } from '../availability.ts'
import type { AppContext } from '../context.ts'
import { ApiError } from '../errors.ts'
import { answersOf, type Call } from '../operation.ts'

interface AgencyChange {
  readonly agencyName?: string
  readonly contactName?: string
  readonly email?: string
  readonly phone?: string
  readonly address?: string
  readonly city?: string
  readonly state?: string
  readonly zipCode?: string
  readonly latitude?: number
  readonly longitude?: number
  readonly capabilities?: string[]
  readonly operatingHours?: { readonly start: string; readonly end: string }
  readonly smsNotifications?: boolean
}

/** `/api/auth/ems/agency`: an EMS user's own agency. */
export function emsAgencyRoutes(context: AppContext): Router {
  const { prisma } = context
  const answers = answersOf(context)
  const router = Router()

  router.get(
    '/info',
    answers.to('getOwnAgency', ['EMS'], async ({ account }: Call) => {
      const { name, notificationMethods, ...agency } = await prisma.eMSAgency.findUniqueOrThrow({
        where: { id: agencyOf(account) },
        select: {
          name: true,
          contactName: true,
          email: true,
          phone: true,
          address: true,
          city: true,
          state: true,
          zipCode: true,
          latitude: true,
          longitude: true,
          capabilities: true,
          operatingHours: true,
          notificationMethods: true,
        },
      })
      return { data: { agencyName: name, ...agency, smsNotifications: notificationMethods.includes('sms') } }
    }),
  )
  router.put(
    '/update',
    answers.to('updateOwnAgency', ['EMS'], async ({ account, body }: Call<AgencyChange>) => {
      assertOrgAdmin(account)
      const agencyId = agencyOf(account)
      const newEmail = body.email === account.email ? undefined : body.email
      if (newEmail) await assertEmailIsFree(prisma, newEmail, account.id)
      const { agencyName, smsNotifications, email, ...rest } = body
      if (agencyName !== undefined) await assertNameIsFree(agencyName, agencyId)
      const agency = await prisma.$transaction(async (tx) => {
        const before = await tx.eMSAgency.findUniqueOrThrow({
          where: { id: agencyId },
          select: { notificationMethods: true },
        })
        const changed = await tx.eMSAgency.update({
          where: { id: agencyId },
          data: {
            ...rest,
            ...(agencyName !== undefined && { name: agencyName }),
            ...(email !== undefined && { email }),
            ...(smsNotifications !== undefined && {
              notificationMethods: withSms(before.notificationMethods, smsNotifications),
            }),
            lastUpdated: new Date(),
          },
          select: { name: true },
        })
        await tx.eMSUser.updateMany({ where: { agencyId }, data: { agencyName: changed.name } })
        if (newEmail)
          await tx.eMSUser.update({
            where: { id: account.id },
            data: { email: newEmail },
            select: { id: true },
          })
        return changed
      })
      const { id, name, userType, profile } = account
      return {
        data: {
          id,
          email: email ?? account.email,
          name,
          userType,
          agencyName: agency.name,
          agencyId,
          orgAdmin: profile.orgAdmin,
        },
        emailChanged: newEmail !== undefined,
      }
    }),
  )
  router.get(
    '/availability',
    answers.to('getOwnAvailability', ['EMS'], async ({ account }: Call) => {
      const agency = await prisma.eMSAgency.findUnique({
        where: { id: agencyOf(account) },
        select: { availabilityStatus: true },
      })
      if (!agency) throw new ApiError('not-found', 'The agency is not there any more.')
      return { data: { availabilityStatus: toAvailability(agency.availabilityStatus) } }
    }),
  )
  router.put(
    '/availability',
    answers.to('setOwnAvailability', ['EMS'], async ({ account, body }: Call<Availability>) => {
      const { isAvailable, availableLevels } = body
      const agency = await prisma.eMSAgency.update({
        where: { id: agencyOf(account) },
        data: {
          availabilityStatus: { isAvailable, availableLevels: [...availableLevels] },
          lastUpdated: new Date(),
        },
        select: { availabilityStatus: true },
      })
      return { data: { availabilityStatus: toAvailability(agency.availabilityStatus) } }
    }),
  )
  return router

  async function assertNameIsFree(name: string, besides: string): Promise<void> {
    const where = { name: { equals: name, mode: 'insensitive' as const }, id: { not: besides } }
    if ((await prisma.eMSAgency.count({ where })) > 0) {
      throw new ApiError('already-exists', 'There is already an agency of this name.')
    }
  }
}

function withSms(methods: readonly string[], wanted: boolean): string[] {
  const others = methods.filter((method) => method !== 'sms')
  return wanted ? [...others, 'sms'] : others
}

import { Router } from 'express'
import type { Prisma, PrismaClient } from '../../../../generated/tcc-client/client.ts'
import { hashPassword } from '../auth/password.ts'
import { assertEmailIsFree } from '../auth/users.ts'
import type { AppContext } from '../context.ts'
import { answersOf, type Call, type PublicCall } from '../operation.ts'

interface Registration {
  readonly email: string
  readonly password: string
  readonly name: string
}

interface Address {
  readonly address?: string
  readonly city?: string
  readonly state?: string
  readonly zipCode?: string
  readonly phone?: string
  readonly latitude?: number
  readonly longitude?: number
}

interface EmsRegistration extends Registration, Address {
  readonly agencyName: string
  readonly serviceArea?: readonly string[]
  readonly capabilities?: readonly string[]
  readonly operatingHours?: { readonly start: string; readonly end: string }
  readonly smsOptIn?: boolean
}

interface HealthcareRegistration extends Registration, Address {
  readonly facilityName: string
  readonly facilityType: string
  readonly manageMultipleLocations?: boolean
  readonly smsOptIn?: boolean
}

/**
 * Registrations below `/api/auth`. A user who creates an agency or facility administers it at once. A user who names
 * a known one waits, inactive, for an administrator of the center, because knowing a name proves nothing.
 */
export function registrationRoutes(context: AppContext): Router {
  const { prisma } = context
  const answers = answersOf(context)
  const router = Router()

  router.post(
    '/register',
    answers.to(
      'registerCenterUser',
      ['ADMIN'],
      async ({ body }: Call<Registration & { readonly userType: string }>) => {
        await assertEmailIsFree(prisma, body.email)
        const user = await prisma.centerUser.create({
          data: { ...(await toUser(body)), userType: body.userType },
          select: shown,
        })
        return { message: 'User registered', user }
      },
      201,
    ),
  )
  router.post(
    '/ems/register',
    answers.toAnyone(
      'registerEms',
      async ({ body }: PublicCall<EmsRegistration>) => {
        await assertEmailIsFree(prisma, body.email)
        return { message: 'Registration received', user: await registerEms(prisma, body) }
      },
      201,
    ),
  )
  router.post(
    '/healthcare/register',
    answers.toAnyone(
      'registerHealthcare',
      async ({ body }: PublicCall<HealthcareRegistration>) => {
        await assertEmailIsFree(prisma, body.email)
        return { message: 'Registration received', user: await registerHealthcare(prisma, body) }
      },
      201,
    ),
  )
  return router
}

const shown = { id: true, email: true, name: true, userType: true, isActive: true } as const

async function toUser({ email, password, name }: Registration) {
  return { email, name, password: await hashPassword(password) }
}

async function registerEms(prisma: PrismaClient, body: EmsRegistration) {
  const user = await toUser(body)
  return prisma.$transaction(async (tx) => {
    const known = await tx.eMSAgency.findFirst({
      where: { name: { equals: body.agencyName, mode: 'insensitive' } },
      select: { id: true, name: true },
    })
    const agency =
      known ?? (await tx.eMSAgency.create({ data: toAgency(body), select: { id: true, name: true } }))
    const created = await tx.eMSUser.create({
      data: { ...user, agencyName: agency.name, agencyId: agency.id, orgAdmin: !known, isActive: !known },
      select: { ...shown, agencyName: true, agencyId: true, orgAdmin: true },
    })
    if (!known)
      await tx.eMSAgency.update({
        where: { id: agency.id },
        data: { addedBy: created.id },
        select: { id: true },
      })
    return created
  })
}

function toAgency(body: EmsRegistration): Prisma.EMSAgencyUncheckedCreateInput {
  return {
    name: body.agencyName,
    contactName: body.name,
    email: body.email,
    phone: body.phone ?? '',
    address: body.address ?? '',
    city: body.city ?? '',
    state: body.state ?? '',
    zipCode: body.zipCode ?? '',
    latitude: body.latitude ?? null,
    longitude: body.longitude ?? null,
    serviceArea: [...(body.serviceArea ?? [])],
    capabilities: [...(body.capabilities ?? [])],
    notificationMethods: body.smsOptIn ? ['email', 'sms'] : ['email'],
    ...(body.operatingHours && { operatingHours: body.operatingHours }),
  }
}

async function registerHealthcare(prisma: PrismaClient, body: HealthcareRegistration) {
  const user = await toUser(body)
  const { facilityName, facilityType } = body
  return prisma.$transaction(async (tx) => {
    const named = { equals: facilityName, mode: 'insensitive' } as const
    const known = await tx.healthcareUser.findFirst({
      where: { facilityName: named, isDeleted: false },
      select: { id: true },
    })
    const created = await tx.healthcareUser.create({
      data: {
        ...user,
        facilityName,
        facilityType,
        manageMultipleLocations: body.manageMultipleLocations ?? false,
        smsNotifications: body.smsOptIn ?? false,
        orgAdmin: !known,
        isActive: !known,
      },
      select: {
        ...shown,
        facilityName: true,
        facilityType: true,
        manageMultipleLocations: true,
        orgAdmin: true,
      },
    })
    const place = toPlace(body)
    if (known || !place) return created
    await tx.healthcareLocation.create({
      data: {
        ...place,
        healthcareUserId: created.id,
        locationName: facilityName,
        facilityType,
        isPrimary: true,
      },
      select: { id: true },
    })
    const hospital = await tx.hospital.findFirst({ where: { name: named }, select: { id: true } })
    if (!hospital) {
      await tx.hospital.create({
        // Staff of the center sorts new ones into regions when it reviews them.
        data: {
          ...place,
          name: facilityName,
          type: facilityType,
          region: 'Unassigned',
          requiresReview: true,
        },
        select: { id: true },
      })
    }
    return created
  })
}

/** A place with address, phone and coordinates; null unless the address is complete. */
function toPlace({ address, city, state, zipCode, phone, latitude, longitude }: Address) {
  if (!address || !city || !state || !zipCode) return null
  return {
    address,
    city,
    state,
    zipCode,
    phone: phone ?? null,
    latitude: latitude ?? null,
    longitude: longitude ?? null,
  }
}

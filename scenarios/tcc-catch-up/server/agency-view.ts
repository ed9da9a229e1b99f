import type { Prisma, PrismaClient } from '../../../generated/tcc-client/client.ts'
import { toAvailability } from './availability.ts'

/** The columns of an agency that everybody may see. */
const select = {
  id: true,
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
  serviceArea: true,
  isActive: true,
  status: true,
  operatingHours: true,
  availabilityStatus: true,
  createdAt: true,
  updatedAt: true,
} as const satisfies Prisma.EMSAgencySelect

/** Agencies as everybody may see them, in order of their names. */
export async function fetchAgencies(
  prisma: PrismaClient,
  query: Pick<Prisma.EMSAgencyFindManyArgs, 'where' | 'skip' | 'take'>,
) {
  const rows = await prisma.eMSAgency.findMany({
    ...query,
    select,
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  })
  return rows.map((row) => ({ ...row, availabilityStatus: toAvailability(row.availabilityStatus) }))
}

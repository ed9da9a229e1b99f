import type { Dice } from '../dice.ts'

const TOWNS = [
  'Marlow Falls',
  'Alder Bend',
  'Brightwater Reach',
  'Cobble Hill',
  'Dunmore Crossing',
  'Eldergrove',
  'Foxglove',
  'Granite Pass',
  'Hollow Creek',
  'Ironmoss',
  'Juniper Flats',
  'Kestrel Bay',
  'Larkspur',
  'Mossy Ford',
  'Nettle Ridge',
  'Old Harbor',
  'Pinecrest Junction',
  'Quarry Lake',
  'Río Sinfín',
  'Stonewell',
] as const
const STREETS = [
  'Lantern',
  'Millwheel',
  'Copper Kettle',
  'Orchard',
  'Third',
  'Ferryman',
  'Signal Hill',
  'Larch',
  'Weaver',
  'Beacon',
] as const
const ENDS = ['St', 'Ave', 'Rd', 'Ln', 'Blvd'] as const
const HOUSES = [
  'General Hospital',
  'Memorial Clinic',
  'Regional Medical Center',
  'Care Home',
  'Rehabilitation Center',
  'Dialysis Center',
  'Urgent Care',
] as const
const SERVICES = [
  'Ambulance',
  'Medical Transport',
  'Rescue Squad',
  'Critical Care Transport',
  'Fire & Rescue',
] as const

/** Parts of a country that is on no map. */
export const REGIONS = ['North Vale', 'South Vale', 'Lakes', 'Highlands', 'Coast'] as const
export const FACILITY_TYPES = [
  'HOSPITAL',
  'CLINIC',
  'NURSING_HOME',
  'REHAB_FACILITY',
  'DIALYSIS',
  'URGENT_CARE',
] as const
export const CAPABILITIES = [
  'EMERGENCY',
  'ICU',
  'CARDIOLOGY',
  'NEUROLOGY',
  'PEDIATRICS',
  'ONCOLOGY',
  'Wound care, "complex"',
  'STROKE\\TIA',
] as const

/** An invented town. */
export function toTown(dice: Dice): string {
  return dice.pick(TOWNS)
}

/** Name of a house for patients, for example `Eldergrove Care Home (Lakes)`. */
export function toHouseName(dice: Dice): string {
  return `${toTown(dice)} ${dice.pick(HOUSES)}${dice.chance(0.2) ? ` (${dice.pick(REGIONS)})` : ''}`
}

/** Name of an ambulance service. */
export function toServiceName(dice: Dice): string {
  return `${toTown(dice)} ${dice.pick(SERVICES)}`
}

/** The four columns of a postal address. State `ZZ` and ZIP codes 000xx belong to no place. */
export function toAddress(dice: Dice): { address: string; city: string; state: string; zipCode: string } {
  const unit = dice.chance(0.15) ? `\nSuite ${dice.between(1, 40)}` : ''
  return {
    address: `${dice.between(1, 9900)} ${dice.pick(STREETS)} ${dice.pick(ENDS)}${unit}`,
    city: toTown(dice),
    state: 'ZZ',
    zipCode: `000${dice.between(10, 99)}${dice.chance(0.1) ? '-0001' : ''}`,
  }
}

/** A point in the open ocean, or no point. */
export function toPoint(dice: Dice): { latitude: number | null; longitude: number | null } {
  if (dice.chance(0.25)) return { latitude: null, longitude: null }
  return { latitude: dice.degrees(-48, -44), longitude: dice.degrees(-128, -122) }
}

import { type Minute, toStamp } from '../clock.ts'
import type { Dice } from '../dice.ts'
import { DIAGNOSES, MOBILITY, PRIORITIES, TRANSPORT_LEVELS, toNotes, toPatientId } from '../invented/care.ts'

/** Minutes that are longer than any transport, so that none ends after the snapshot was taken. */
export const LONGEST = 1000

/** The columns about the patient and the care that trips and transport requests share. */
export function toPatient(dice: Dice) {
  const age = dice.maybe(0.6, () => dice.between(0, 101))
  return {
    patientId: toPatientId(dice),
    patientWeight: dice.maybe(0.6, () => `${dice.between(3, 190)}`),
    specialNeeds: dice.maybe(0.3, () =>
      dice.pick(['Hearing aid', 'Bariatric stretcher', 'Interpreter (signs)', 'None']),
    ),
    transportLevel: dice.pick(TRANSPORT_LEVELS),
    diagnosis: dice.maybe(0.8, () => dice.pick(DIAGNOSES)),
    mobilityLevel: dice.maybe(0.7, () => dice.pick(MOBILITY)),
    oxygenRequired: dice.chance(0.25),
    monitoringRequired: dice.chance(0.2),
    ...toQrCode(dice),
    notificationRadius: dice.maybe(0.6, () => dice.pick([25, 50, 100])),
    priority: dice.pick(PRIORITIES),
    notes: toNotes(dice),
    patientAgeYears: age,
    patientAgeCategory: age === null ? null : age < 1 ? 'NEWBORN' : age < 18 ? 'CHILD' : 'ADULT',
  }
}

function toQrCode(dice: Dice): { generateQRCode: boolean; qrCodeData: string | null } {
  const generateQRCode = dice.chance(0.2)
  return { generateQRCode, qrCodeData: generateQRCode ? JSON.stringify({ v: 1, key: dice.uuid() }) : null }
}

/** A status, and the times of each step up to it in their order; later steps are null. */
export function toTimes(dice: Dice, made: Minute) {
  const status = dice.pick([
    'COMPLETED',
    'COMPLETED',
    'COMPLETED',
    'COMPLETED',
    'PENDING',
    'PENDING_DISPATCH',
    'ACCEPTED',
    'DECLINED',
    'IN_PROGRESS',
    'HEALTHCARE_COMPLETED',
    'CANCELLED',
  ] as const)
  const reached = {
    PENDING: 0,
    PENDING_DISPATCH: 0,
    DECLINED: 0,
    CANCELLED: 0,
    ACCEPTED: 1,
    IN_PROGRESS: 2,
    HEALTHCARE_COMPLETED: 3,
    COMPLETED: 3,
  }[status]
  const step = [5, 45, 40].map((least) => dice.between(least, least * 4))
  const at = (steps: number) =>
    reached < steps ? null : toStamp(dice, made + step.slice(0, steps).reduce((sum, one) => sum + one, 0))
  return { status, accepted: at(1), pickup: at(2), completed: at(3) }
}

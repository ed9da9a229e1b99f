import type { Dice } from '../dice.ts'

export const TRANSPORT_LEVELS = ['BLS', 'ALS', 'CCT', 'Other'] as const
export const URGENCY_LEVELS = ['Routine', 'Urgent', 'Emergent'] as const
export const PRIORITIES = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const
export const DIAGNOSES = [
  'Cardiac',
  'Respiratory',
  'Stroke',
  'Trauma',
  'Renal',
  'UTI',
  'Post-operative',
] as const
export const MOBILITY = ['Ambulatory', 'Wheelchair', 'Stretcher', 'Bed-bound'] as const
export const INSURANCES = ['Harbor Mutual', 'Vale Health Plan', 'Self-pay', 'Lakeside Cooperative'] as const

const SENTENCES = [
  'Use the side entrance.',
  'Family asks for a call before departure.',
  'Patient prefers a window, if any: "nothing loud, please".',
  'Oxygen at 2 L/min; check the regulator.',
  'Room moved twice today, ask at the desk first.',
  'Allergies: none known \\ not confirmed.',
  'Weight approx. 80 kg ± 5.',
  'Begleitung spricht nur Deutsch, bitte langsam sprechen. Größe: 1,80 m.',
  'Прошу позвонить заранее.',
  '患者は英語を話しません。',
  'Ramp out of order 🚧, two people needed 💪🏽.',
  'See path C:\\notes\\transfer.txt and the {handover} sheet.',
] as const

/**
 * Notes as dispatchers type them: short lines, long stories with line ends and tabs, backslashes, other alphabets, or
 * null.
 */
export function toNotes(dice: Dice): string | null {
  if (dice.chance(0.45)) return null
  if (dice.chance(0.05)) return ''
  const long = dice.chance(0.06)
  const sentences = Array.from({ length: long ? dice.between(12, 40) : dice.between(1, 3) }, () =>
    dice.pick(SENTENCES),
  )
  return sentences.join(dice.pick([' ', ' ', '\n', '\r\n', '\t', '\n\n\t- ']))
}

/** An opaque number in place of a patient's name. */
export function toPatientId(dice: Dice): string {
  return `PT-${dice.between(100000, 999999)}`
}

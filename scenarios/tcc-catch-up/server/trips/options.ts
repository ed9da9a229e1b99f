/** What forms offer for a trip while there are no custom lists: fixed, and the same for everybody. */
export const tripOptions = {
  diagnosis: [
    'Cardiac',
    'Respiratory',
    'Neurological',
    'Trauma',
    'Sepsis',
    'Renal',
    'Orthopedic',
    'Psychiatric',
    'Other',
  ],
  mobility: ['Ambulatory', 'Wheelchair', 'Stretcher', 'Bed-bound'],
  'transport-level': ['BLS', 'ALS', 'CCT', 'Other'],
  urgency: ['Routine', 'Urgent', 'Emergent'],
  insurance: ['Medicare', 'Medicaid', 'Private', 'Self-pay', 'Other'],
} as const

export type TripOption = keyof typeof tripOptions

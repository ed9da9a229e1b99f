import type { SourceColumn } from '../../model/source.ts'

/** Identifiers of a person by 45 CFR 164.514 (b)(2)(i), and other classes that a column's name can reveal. */
export type ColumnClass =
  | 'password'
  | 'email'
  | 'phone'
  | 'birth'
  | 'age'
  | 'zip'
  | 'latitude'
  | 'longitude'
  | 'place'
  | 'street'
  | 'city'
  | 'url'
  | 'ip'
  | 'first-name'
  | 'last-name'
  | 'name'
  | 'organisation'
  | 'identifier'
  | 'free-text'
  | 'date'
  | 'document'
  | 'reference'
  | 'plain'

/** Words of a column's name that reveal its class; the first match counts. */
const NAMES: readonly (readonly [ColumnClass, RegExp])[] = [
  ['password', /\b(password|passwd|passcode|pin hash)\b/],
  ['email', /\be ?mails?\b/],
  ['phone', /\b(phone|mobile|cell|fax|tel|telephone|caller number|pager)s?\b/],
  ['birth', /\b(birth|dob|birthday|birthdate|born)\b/],
  ['age', /\bage\b(?! group)/],
  ['zip', /\b(zip|zipcode|postal|postcode)\b/],
  ['latitude', /\b(lat|latitude)\b/],
  ['longitude', /\b(lng|lon|long|longitude)\b/],
  ['url', /\b(url|uri|link|href|website)s?\b/],
  ['ip', /\b(ip|ip address|ipaddress|remote addr)\b/],
  ['street', /\b(address|street|addr|addressline)\d?\b/],
  ['city', /\b(city|town|county|municipality)\b/],
  [
    'identifier',
    /\b(ssn|social|mrn|medical record|npi|dea|license|licence|policy|member|claim|account|serial|vin|plate|device|token|secret|qr|fingerprint|signature|biometric|tax|ein|passport|patient id|patientid)\b/,
  ],
  ['first-name', /\b(first|given|middle|forename) ?name\b/],
  ['last-name', /\b(last|family|sur) ?name\b/],
  [
    'organisation',
    /\b(agency|company|hospital|facility|organi[sz]ation|employer|insurance|provider)( name)?$/,
  ],
  [
    'name',
    /\b(name|username|guarantor|contact|caller|physician|doctor|nurse|driver|patient|guardian|spouse|recipient)$/,
  ],
  ['place', /\b(location|destination|origin|pickup|dropoff|coordinates|geo|place|region|area)\b/],
  [
    'free-text',
    /\b(notes?|comments?|description|remarks?|message|narrative|diagnosis|reason|instructions|needs|body|details?|text|subject|title|bio|memo|history|logs?)\b/,
  ],
]

/** Tables of people. In other tables a column `name` more often names a thing. */
const PEOPLE =
  /\b(user|person|people|patient|contact|member|staff|crew|employee|driver|physician|account)s?\b/

/** Guesses what a column holds by its name and type, as a first proposal for a person to check. */
export function classifyColumn(
  table: string,
  column: Pick<SourceColumn, 'name' | 'form' | 'type'>,
): ColumnClass {
  const words = toWords(column.name)
  if (column.form === 'json') return 'document'
  if (/^(inet|cidr|macaddr8?)/.test(column.type)) return 'ip'
  if (/^(point|geometry|geography|box|circle|path|polygon|line|lseg)/.test(column.type)) return 'place'
  const found = NAMES.find(([, shape]) => shape.test(words))?.[0]
  if (column.form === 'date') return found === 'birth' ? 'birth' : 'date'
  if (column.form === 'integer' || column.form === 'decimal') return toNumberClass(found, words)
  if (column.form === 'uuid') return 'reference'
  if (column.form === 'other')
    return /^(boolean|bit|interval|money|time)/.test(column.type) ? 'plain' : 'free-text'
  if (found === 'name' && words === 'name') return PEOPLE.test(toWords(table)) ? 'name' : 'organisation'
  if (found) return found
  if (/\b(id|ids|by|to|uuid|guid|number|code|key)$/.test(words)) return 'reference'
  return 'plain'
}

function toNumberClass(found: ColumnClass | undefined, words: string): ColumnClass {
  const numeric: readonly (ColumnClass | undefined)[] = [
    'age',
    'birth',
    'zip',
    'latitude',
    'longitude',
    'phone',
    'identifier',
  ]
  if (numeric.includes(found)) return found as ColumnClass
  return /\bid$/.test(words) ? 'reference' : 'plain'
}

/** The words of a column's name: `patientZipCode` and `patient_zip_code` become `patient zip code`. */
function toWords(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .toLowerCase()
    .trim()
}

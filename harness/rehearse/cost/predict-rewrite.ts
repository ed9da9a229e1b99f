/** Would a table be written anew? `depends`: on what a function does, on the type before, on the TimeZone of the session. */
export type Rewriting = boolean | 'depends'

type Fields = Readonly<Record<string, unknown>>

/** Functions that Postgres evaluates once per statement or less, so that a default of them is stored once. */
const STABLE = /^(now|transaction_timestamp|statement_timestamp|current_setting|lower|upper|to_char)$/
/** Functions that give each row a value of its own. */
const VOLATILE = /^(gen_random_uuid|uuid_generate_v[14]|uuidv[47]|random|clock_timestamp|timeofday|nextval)$/

/** Would a command of ALTER TABLE write the table anew, as far as its text tells? */
export function rewriteOf({ subtype, def }: Fields): Rewriting {
  if (subtype === 'AT_SetLogged' || subtype === 'AT_SetUnLogged') return 'depends'
  if (subtype === 'AT_SetAccessMethod') return 'depends'
  // A wider varchar or text keeps the file; timestamp to timestamptz keeps it only while TimeZone is UTC.
  if (subtype === 'AT_AlterColumnType') return 'depends'
  if (subtype !== 'AT_AddColumn') return false
  const { ColumnDef: column = {} } = (def ?? {}) as Readonly<Record<string, Fields>>
  const { typeName, constraints = [] } = column as { typeName?: Fields; constraints?: readonly Fields[] }
  if (isSerial(typeName)) return true
  return constraints
    .map(ofConstraint)
    .reduce<Rewriting>((one, other) => (one === true ? one : other || one), false)
}

function ofConstraint({ Constraint: constraint }: Fields): Rewriting {
  const { contype, raw_expr: value } = constraint as Fields
  if (contype === 'CONSTR_IDENTITY' || contype === 'CONSTR_GENERATED') return true
  return contype === 'CONSTR_DEFAULT' ? ofDefault(value) : false
}

/** A default is stored once, unless its value may differ from row to row. */
function ofDefault(value: unknown): Rewriting {
  const called = [...listCalled(value)]
  if (called.some((name) => VOLATILE.test(name))) return true
  return called.some((name) => !STABLE.test(name)) ? 'depends' : false
}

function* listCalled(node: unknown): Generator<string> {
  if (typeof node !== 'object' || node === null) return
  const { funcname } = node as { funcname?: readonly { String?: { sval?: string } }[] }
  if (funcname) yield (funcname.at(-1)?.String?.sval ?? '').toLowerCase()
  for (const child of Object.values(node)) yield* listCalled(child)
}

function isSerial(type: Fields | undefined): boolean {
  const names = (type?.names ?? []) as readonly { String?: { sval?: string } }[]
  return /^(small|big)?serial[248]?$/.test(names.at(-1)?.String?.sval ?? '')
}

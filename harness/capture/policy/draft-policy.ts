import { Document, isMap, visit } from 'yaml'
import type { Rule } from '../../model/policy.ts'
import { type Source, type SourceColumn, type SourceTable, toTableKey } from '../../model/source.ts'
import { type ColumnClass, classifyColumn } from './column-class.ts'
import { type ColumnSample, guessClass, toCodes } from './column-sample.ts'

/** Samples of a source's columns, keyed by table and then by column. */
export type Samples = ReadonlyMap<string, ReadonlyMap<string, ColumnSample>>

type Written = Readonly<Record<string, unknown>>

/**
 * A first draft of a policy, as YAML. Its reasons have expired already, so no draft works before a person has decided. It holds
 * names and codes only.
 * @param today ISO date
 * @param historyTables tables that stay whole
 */
export function renderDraft(
  source: Source,
  samples: Samples,
  today: string,
  historyTables: readonly string[],
  roles: readonly string[],
): string {
  const yesterday = new Date(Date.parse(today) - 86_400_000).toISOString().slice(0, 10)
  const review = { reason: 'Drafted, not yet decided.', owner: 'nobody yet', expires: yesterday }
  const draft = new Draft(source, samples, historyTables)
  const tables = Object.fromEntries(source.tables.map((table) => [toTableKey(table), draft.table(table)]))
  const policy = {
    format: 1,
    claims: 'none',
    reasons: { review, history: { ...review, reason: 'Its truth is what migrations are tested against.' } },
    asOf: today,
    passwordHash: 'put the hash of the one test password here',
    ...(roles.length > 0 && { roles: Object.fromEntries(roles.map((name) => [name, 'keep'])) }),
    tables,
    quasiIdentifiers: [],
  }
  const document = new Document(policy)
  // A rule is one line, so that a review reads like a table.
  visit(document, {
    Map(_, map) {
      if (map.has('rule') && map.items.every(({ value }) => !isMap(value))) map.flow = true
    },
  })
  return `# A draft: decide about each line, then give each reason an owner and a day.\n${document.toString({ lineWidth: 0 })}`
}

class Draft {
  private readonly source: Source
  private readonly samples: Samples
  private readonly historyTables: readonly string[]

  constructor(source: Source, samples: Samples, historyTables: readonly string[]) {
    this.source = source
    this.samples = samples
    this.historyTables = historyTables
  }

  table(table: SourceTable): Written {
    if (this.historyTables.includes(table.name)) return { whole: 'history' }
    const subject = this.subject(table)
    const columns = table.columns.filter(({ generated }) => !generated)
    return {
      ...(subject && { subject }),
      columns: Object.fromEntries(
        columns.map((column) => [
          column.name,
          { type: column.type, ...this.rule(table, column, subject !== undefined) },
        ]),
      ),
    }
  }

  /** The person a row is about: the column that names a patient, or the row itself in a table of people. */
  private subject(table: SourceTable): Written | undefined {
    const patient = table.columns.find(({ name }) => /patient_?(id|number|ref)$/i.test(name))
    if (patient) return { kind: 'patient', column: patient.name }
    const key = table.primaryKey[0]
    const isPeople = /(user|person|people|patient|member|staff|contact)s?$/i.test(table.name)
    return isPeople && key !== undefined && table.primaryKey.length === 1
      ? { kind: table.name, column: key }
      : undefined
  }

  private rule(table: SourceTable, column: SourceColumn, personal: boolean): Written {
    const sample = this.samples.get(toTableKey(table))?.get(column.name)
    const reference = this.reference(table, column.name)
    if (reference !== undefined) return toReferenceRule(column, reference)
    const isUnique = table.uniques.some(({ columns }) => columns.includes(column.name))
    const named = classifyColumn(table.name, column)
    const kind = sample && (named === 'plain' || named === 'reference') ? guessClass(sample, named) : named
    if (kind === 'document') return { rule: 'json', paths: this.paths(table, sample, personal) }
    const rule = toRule(kind, column, personal, `${toTableKey(table)}.${column.name}`, sample)
    const keepsApart = ['keep', 'surrogate', 'email', 'url'].includes(rule.rule as string)
    return isUnique && !keepsApart ? toReferenceRule(column, `${toTableKey(table)}.${column.name}`) : rule
  }

  /**
   * The column in which a column's values originate: itself for a primary key, the other table's column for a
   * reference.
   */
  private reference(
    table: SourceTable,
    name: string,
    seen: ReadonlySet<string> = new Set(),
  ): string | undefined {
    const at = `${toTableKey(table)}.${name}`
    if (seen.has(at)) return [...seen].sort()[0]
    for (const { columns, refers } of table.foreignKeys) {
      const place = columns.indexOf(name)
      const other = this.source.tables.find((one) => toTableKey(one) === refers.table)
      if (place === -1 || !other) continue
      const column = refers.columns[place] as string
      return this.reference(other, column, new Set([...seen, at])) ?? `${refers.table}.${column}`
    }
    return table.primaryKey.includes(name) ? at : undefined
  }

  private paths(table: SourceTable, sample: ColumnSample | undefined, personal: boolean): Written {
    return Object.fromEntries(
      [...(sample?.paths ?? [])].map(([path, types]) => {
        const key = path.match(/([A-Za-z_0-9]+)(\[\])*$/)?.[1] ?? ''
        const kind = classifyColumn(table.name, { name: key, form: 'text', type: 'text' })
        if (types.size === 0) return [path, { rule: 'null' }]
        if (types.has('number') && (kind === 'latitude' || kind === 'longitude')) {
          return [path, { rule: 'coordinate', axis: kind }]
        }
        if (!types.has('text')) return [path, { rule: 'keep', because: 'review' }]
        const rule = toRule(kind, TEXT, personal, `${toTableKey(table)} ${path}`, undefined)
        return [path, types.has('boolean') ? { rule: 'constant', value: 'removed' } : rule]
      }),
    )
  }
}

const TEXT: SourceColumn = {
  name: '',
  type: 'text',
  form: 'text',
  integer: null,
  isArray: false,
  maxLength: null,
  notNull: false,
  generated: false,
}

const KEEP = { rule: 'keep', because: 'review' }

function toReferenceRule(column: SourceColumn, of: string): Written {
  const fits = column.form === 'text' || column.form === 'integer' || column.form === 'uuid'
  return fits ? { rule: 'surrogate', class: of } : KEEP
}

/**
 * The rule of a column as the policy writes it. A column that surely fits no rule is replaced rather than kept, where
 * its type allows.
 */
function toRule(
  kind: ColumnClass,
  column: SourceColumn,
  personal: boolean,
  at: string,
  sample: ColumnSample | undefined,
): Written {
  const isText = column.form === 'text'
  if (kind === 'date' || kind === 'birth') {
    if (kind === 'birth') return { rule: 'year', birth: true }
    return personal && column.form === 'date' ? { rule: 'date-shift' } : KEEP
  }
  if (kind === 'age' && column.form !== 'other') return { rule: 'age' }
  if (kind === 'latitude' || kind === 'longitude') return { rule: 'coordinate', axis: kind }
  if (kind === 'ip') return { rule: 'ip' }
  if (kind === 'place' && /^point/.test(column.type)) return { rule: 'coordinate', axis: 'latitude' }
  if (kind === 'reference' || kind === 'identifier') return toReferenceRule(column, at)
  if (!isText) return column.form === 'other' && !column.notNull && kind !== 'plain' ? { rule: 'null' } : KEEP
  const codes = kind === 'plain' && sample ? toCodes(sample) : null
  if (codes) return { rule: 'enum', values: codes, because: 'review' }
  return TEXT_RULES[kind] ?? { rule: 'free-text' }
}

const TEXT_RULES: Partial<Record<ColumnClass, Written & { readonly rule: Rule['kind'] }>> = {
  password: { rule: 'password' },
  email: { rule: 'email' },
  phone: { rule: 'phone' },
  zip: { rule: 'zip3' },
  street: { rule: 'address', part: 'street' },
  city: { rule: 'address', part: 'city' },
  place: { rule: 'address', part: 'full' },
  url: { rule: 'url' },
  'first-name': { rule: 'name', part: 'first' },
  'last-name': { rule: 'name', part: 'last' },
  name: { rule: 'name', part: 'full' },
  organisation: { rule: 'name', part: 'organisation' },
}

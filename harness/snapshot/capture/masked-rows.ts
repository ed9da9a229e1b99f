import type { AppliedRule } from '../../model/policy.ts'
import { type Mask, Unmaskable } from '../mask/mask.ts'
import type { ColumnPlan, TablePlan } from './table-plan.ts'

/** Rows of COPY's text format with their masks applied. Counts as it goes. */
export class MaskedRows {
  rows = 0
  private readonly plan: TablePlan
  private readonly values: number[]
  private readonly changed: number[]
  private readonly kind: string | null
  private readonly rest: Buffer[] = []

  constructor(plan: TablePlan) {
    this.plan = plan
    this.values = plan.columns.map(() => 0)
    this.changed = plan.columns.map(() => 0)
    this.kind = plan.subject?.kind ?? null
  }

  /** The rows that end in this chunk; what follows is kept for the next. A chunk may end anywhere, also inside a character. */
  mask(chunk: Buffer): string {
    const end = chunk.lastIndexOf(LINE_END) + 1
    if (end === 0) {
      this.rest.push(chunk)
      return ''
    }
    // Joined only once a row ends, or a row of many chunks would be copied with each of them.
    const all = this.rest.length === 0 ? chunk : Buffer.concat([...this.rest.splice(0), chunk])
    const until = all.length - (chunk.length - end)
    if (until < all.length) this.rest.push(all.subarray(until))
    const lines = all.toString('utf8', 0, until - 1).split('\n')
    for (let at = 0; at < lines.length; at += 1) lines[at] = this.row(lines[at] as string)
    return `${lines.join('\n')}\n`
  }

  /** What was done, per column. */
  toApplied(): readonly AppliedRule[] {
    const { namespace, name: table } = this.plan.table
    return this.plan.columns.map(({ column, rule }, at) => ({
      namespace,
      table,
      column: column.name,
      rule: rule.kind,
      values: this.values[at] as number,
      changed: this.changed[at] as number,
    }))
  }

  private row(line: string): string {
    this.rows += 1
    const fields = line.split('\t')
    const { columns } = this.plan
    let subject = ''
    if (this.kind !== null) {
      const last = fields.pop() as string
      if (last !== NULL) subject = `${this.kind}\0${toPlain(last)}`
    }
    for (let at = 0; at < columns.length; at += 1) {
      const field = fields[at] as string
      if (field === NULL) continue
      ;(this.values[at] as number) += 1
      const { mask, staysPlain } = columns[at] as ColumnPlan
      if (mask === null) continue
      const isPlain = !field.includes('\\')
      const value = isPlain ? field : toPlain(field)
      const masked = this.apply(mask, at, value, subject)
      if (masked === value) continue
      ;(this.changed[at] as number) += 1
      fields[at] = masked === null ? NULL : isPlain && staysPlain ? masked : toEscaped(masked)
    }
    return fields.join('\t')
  }

  private apply(mask: Mask, at: number, value: string, subject: string): string | null {
    try {
      return mask(value, subject)
    } catch (error) {
      if (!(error instanceof Unmaskable)) throw error
      const { column } = this.plan.columns[at] as ColumnPlan
      throw new Unmaskable(`column ${column.name}, row ${this.rows}: ${error.message}`)
    }
  }
}

const NULL = '\\N'
const LINE_END = 0x0a

/** Source: https://www.postgresql.org/docs/17/sql-copy.html, "Text Format": what COPY TO writes. */
const PLAIN: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }
const ESCAPED: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
}

/** A field of COPY text as the text it stands for. */
export function toPlain(field: string): string {
  return field.replace(/\\(.)/gs, (_, char: string) => PLAIN[char] ?? char)
}

function toEscaped(value: string): string {
  return /[\b\f\n\r\t\v\\]/.test(value)
    ? value.replace(/[\b\f\n\r\t\v\\]/g, (char) => ESCAPED[char] as string)
    : value
}

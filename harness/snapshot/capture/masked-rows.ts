import type { AppliedRule } from '../../model/policy.ts'
import { Unmaskable } from '../mask/mask.ts'
import type { ColumnPlan, TablePlan } from './table-plan.ts'

/** Rows of COPY's text format with their masks applied. Counts as it goes. */
export class MaskedRows {
  rows = 0
  private readonly plan: TablePlan
  private readonly values: number[]
  private readonly changed: number[]
  private readonly kind: string | null
  private readonly columns: readonly ColumnPlan[]
  private readonly rest: Buffer[] = []

  constructor(plan: TablePlan) {
    this.plan = plan
    this.columns = plan.columns
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
    return this.maskRows(all.toString('utf8', 0, until))
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

  /** Only what changes is cut out; what lies between is taken over in one piece, whatever number of columns it spans. */
  private maskRows(text: string): string {
    const { columns, values, changed, kind } = this
    const last = columns.length - 1
    const pieces: string[] = []
    let at = 0
    let copied = 0
    /** Where the next backslash is that has not been passed. */
    let backslash = text.indexOf('\\')
    let index = 0
    try {
      while (at < text.length) {
        this.rows += 1
        let subject = ''
        if (kind !== null) {
          const end = text.indexOf('\t', at)
          if (!isNull(text, at, end)) subject = `${kind}\0${toPlain(text.slice(at, end))}`
          pieces.push(text.slice(copied, at))
          at = end + 1
          copied = at
        }
        for (index = 0; index <= last; index += 1) {
          const end = text.indexOf(index === last ? '\n' : '\t', at)
          const from = at
          at = end + 1
          if (isNull(text, from, end)) continue
          ;(values[index] as number) += 1
          const { mask, staysPlain } = columns[index] as ColumnPlan
          if (mask === null) continue
          while (backslash < from && backslash !== -1) backslash = text.indexOf('\\', from)
          const isPlain = backslash === -1 || backslash >= end
          const field = text.slice(from, end)
          const value = isPlain ? field : toPlain(field)
          const masked = mask(value, subject)
          if (masked === value) continue
          ;(changed[index] as number) += 1
          const written = masked === null ? NULL : isPlain && staysPlain ? masked : toEscaped(masked)
          pieces.push(text.slice(copied, from), written)
          copied = end
        }
        // A table without columns has rows all the same.
        if (last < 0) at = text.indexOf('\n', at) + 1
      }
    } catch (error) {
      if (!(error instanceof Unmaskable)) throw error
      throw new Unmaskable(`column ${columns[index]?.column.name}, row ${this.rows}: ${error.message}`)
    }
    pieces.push(text.slice(copied))
    return pieces.join('')
  }
}

function isNull(text: string, from: number, end: number): boolean {
  return end - from === 2 && text.startsWith(NULL, from)
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
  if (!field.includes('\\')) return field
  return field.replace(/\\(.)/gs, (_, char: string) => PLAIN[char] ?? char)
}

function toEscaped(value: string): string {
  return /[\b\f\n\r\t\v\\]/.test(value)
    ? value.replace(/[\b\f\n\r\t\v\\]/g, (char) => ESCAPED[char] as string)
    : value
}

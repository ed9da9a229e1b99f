import { toTableKey } from '../model/source.ts'
import { Unmaskable } from './mask/mask.ts'
import type { ColumnPlan, TablePlan } from './table-plan.ts'

/** Rows of COPY's text format with their masks applied, and counts of what was done. */
interface MaskedRows {
  readonly bytes: Buffer
  readonly rows: number
  /** Values that are not NULL, per column of the plan. */
  readonly values: Uint32Array
  /** Values that the masks changed, per column of the plan. */
  readonly changed: Uint32Array
}

/**
 * Masks whole rows, each with its line end, and with the subject as first column where the plan has one.
 * @throws Unmaskable
 */
export function maskRows({ columns, subject: of }: TablePlan, raw: Buffer): MaskedRows {
  // Only what changes is cut out; what lies between is copied in one piece, however many columns it spans.
  const text = raw.toString('utf8')
  const values = new Uint32Array(columns.length)
  const changed = new Uint32Array(columns.length)
  const last = columns.length - 1
  let out = ''
  let [rows, at, copied, index] = [0, 0, 0, 0]
  /** Position of the next backslash that has not been passed. */
  let backslash = text.indexOf('\\')
  try {
    while (at < text.length) {
      rows += 1
      let subject = ''
      if (of) {
        const end = text.indexOf('\t', at)
        if (!isNull(text, at, end)) subject = `${of.kind}\0${toPlain(text.slice(at, end))}`
        out += text.slice(copied, at)
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
        out += text.slice(copied, from) + written
        copied = end
      }
      // A table without columns has rows all the same.
      if (last < 0) at = text.indexOf('\n', at) + 1
    }
  } catch (error) {
    if (!(error instanceof Unmaskable)) throw error
    throw new Unmaskable(error.message, { column: columns[index]?.column.name ?? '', row: rows })
  }
  out += text.slice(copied)
  return { bytes: Buffer.from(out, 'utf8'), rows, values, changed }
}

/**
 * An `Unmaskable` with its table, column and row added; `before` rows were masked earlier. Any other error passes
 * unchanged.
 */
export function toLocated(error: unknown, { table }: TablePlan, before = 0): unknown {
  if (!(error instanceof Unmaskable) || error.at === undefined) return error
  const { column, row } = error.at
  return new Unmaskable(`${toTableKey(table)}: column ${column}, row ${before + row}: ${error.message}`)
}

function isNull(text: string, from: number, end: number): boolean {
  return end - from === 2 && text.startsWith(NULL, from)
}

const NULL = '\\N'

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

/** The text that a field of COPY stands for. */
export function toPlain(field: string): string {
  if (!field.includes('\\')) return field
  return field.replace(/\\(.)/gs, (_, char: string) => PLAIN[char] ?? char)
}

function toEscaped(value: string): string {
  return /[\b\f\n\r\t\v\\]/.test(value)
    ? value.replace(/[\b\f\n\r\t\v\\]/g, (char) => ESCAPED[char] as string)
    : value
}

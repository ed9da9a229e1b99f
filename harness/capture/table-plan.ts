import type { JsonPath, Policy, Rule, RuleKind, SubjectKey } from '../model/policy.ts'
import { type Source, type SourceColumn, type SourceTable, toTableKey } from '../model/source.ts'
import type { JsonReport } from './mask/json.ts'
import type { Mask, MaskContext } from './mask/mask.ts'
import type { MaskKey } from './mask/mask-key.ts'
import { HIGHEST } from './mask/permute-integer.ts'
import { toColumnMask } from './mask/to-mask.ts'

/** What is done to the rows of one table. */
export interface TablePlan {
  readonly table: SourceTable
  readonly columns: readonly ColumnPlan[]
  /** How to find the subject of a row; present when a rule needs it. */
  readonly subject?: SubjectKey
}

export interface ColumnPlan {
  readonly column: SourceColumn
  readonly rule: Rule
  /** Null for a column that stays as it is. */
  readonly mask: Mask | null
  /** True when the mask writes no character that COPY must escape, for a value without one. */
  readonly staysPlain: boolean
}

/** What all masks of a capture share. */
export interface MaskShared {
  readonly policy: Policy
  readonly key: MaskKey
  readonly integerClasses: ReadonlyMap<string, number>
  readonly numbers: ReadonlyMap<string, ReadonlyMap<string, number>>
}

/** The plan of a table; null when the policy leaves the table empty. The policy must have passed `comparePolicy`. */
export function toTablePlan(
  table: SourceTable,
  shared: MaskShared,
  report?: (column: string) => JsonReport,
): TablePlan | null {
  const of = shared.policy.tables[toTableKey(table)]
  if (!of) throw new RangeError(`the policy has no ${toTableKey(table)}`)
  if (of.empty) return null
  const columns = table.columns
    .filter(({ generated }) => !generated)
    .map((column): ColumnPlan => {
      const rule: Rule = of.whole
        ? { kind: 'keep', because: of.whole.because }
        : (of.columns[column.name]?.rule as Rule)
      const mask =
        rule.kind === 'keep'
          ? null
          : toColumnMask(rule, toContext(column, shared), column.isArray, report?.(column.name))
      return { column, rule, mask, staysPlain: !column.isArray && PLAIN.has(rule.kind) }
    })
  const shifts = columns.some(({ rule }) => toRules(rule).some(({ kind }) => kind === 'date-shift'))
  return { table, columns, ...(shifts && of.subject && { subject: of.subject }) }
}

/** Rules that write only letters, digits and blanks, or what was there. */
const PLAIN: ReadonlySet<RuleKind> = new Set([
  'surrogate',
  'name',
  'email',
  'phone',
  'address',
  'zip3',
  'coordinate',
  'date-shift',
  'year',
  'age',
  'free-text',
  'url',
  'ip',
])

/** A rule and the rules inside of it. */
export function toRules(rule: Rule): readonly Rule[] {
  return rule.kind === 'json' ? [rule, ...rule.paths.map((path: JsonPath) => path.rule)] : [rule]
}

function toContext(column: SourceColumn, { policy, key, integerClasses, numbers }: MaskShared): MaskContext {
  const { form, maxLength } = column
  return {
    key,
    form,
    maxLength,
    passwordHash: policy.passwordHash,
    asOf: policy.asOf,
    integerClasses,
    numbers,
  }
}

/** For each class of surrogates, the highest number that its narrowest whole-number column holds. */
export function toIntegerClasses(policy: Policy, source: Source): ReadonlyMap<string, number> {
  const highest = new Map<string, number>()
  for (const table of source.tables) {
    for (const column of table.columns) {
      const rule = policy.tables[toTableKey(table)]?.columns[column.name]?.rule
      if (rule?.kind !== 'surrogate' || column.integer === null) continue
      highest.set(
        rule.class,
        Math.min(highest.get(rule.class) ?? Number.POSITIVE_INFINITY, HIGHEST[column.integer]),
      )
    }
  }
  return highest
}

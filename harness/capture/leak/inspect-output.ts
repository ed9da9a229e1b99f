import type { Policy, QuasiIdentifiers } from '../../model/policy.ts'
import { GroupCounts } from './count-groups.ts'
import { IDENTIFIER_PATTERNS, mayHoldIdentifiers } from './identifier-patterns.ts'
import { type OutputColumn, type OutputTable, readChunks } from './output-table.ts'
import { type LeafRule, toSplitValue } from './policy-leaves.ts'
import { isNull, readCopyLines, toFields, toFieldText } from './read-copy-lines.ts'
import { type HasForm, toForm } from './rule-form.ts'
import { Tally } from './tally.ts'
import { ValueSum } from './value-sum.ts'

/** What the output shows by itself, without the source. */
interface Inspection {
  /** Values that do not have the form their rule produces. */
  readonly forms: Tally
  /** Identifiers recognised by their form. */
  readonly patterns: Tally
  /** Columns with a group that is too small, as sentences. */
  readonly smallGroups: readonly string[]
  /** Sums of the values of columns whose rule has no form, by label. */
  readonly sums: ReadonlyMap<string, ValueSum>
}

/** Inspects every row of a snapshot, reading it once. Memory: the counts of groups, and little else. */
export async function inspectOutput(
  folder: string,
  tables: readonly OutputTable[],
  policy: Policy,
): Promise<Inspection> {
  const found = { forms: new Tally(), patterns: new Tally(), sums: new Map<string, ValueSum>() }
  const smallGroups: string[] = []
  for (const output of tables) {
    const { file } = output.table
    const columns = output.columns.map((column) => new ColumnInspector(column, policy, file, found))
    const groups = policy.quasiIdentifiers
      .filter(({ table }) => table === output.label)
      .map((quasi) => new GroupInspector(output, quasi))
    let line = 0
    for await (const lines of readCopyLines(readChunks(folder, file))) {
      for (const row of lines) {
        line += 1
        const fields = toFields(row)
        for (let at = 0; at < fields.length; at += 1) {
          const field = fields[at] as string
          if (!isNull(field)) columns[at]?.inspect(field, line)
        }
        for (const group of groups) group.add(fields)
      }
    }
    for (const column of columns) column.end()
    smallGroups.push(...groups.flatMap((group) => group.faults()))
  }
  for (const { table, columns } of policy.quasiIdentifiers) {
    if (tables.some(({ label }) => label === table)) continue
    smallGroups.push(`${table} (${columns.join(', ')}): the table is not in the snapshot`)
  }
  return { ...found, smallGroups }
}

class ColumnInspector {
  private readonly column: OutputColumn
  private readonly file: string
  private readonly found: { forms: Tally; patterns: Tally; sums: Map<string, ValueSum> }
  private readonly split: ReturnType<typeof toSplitValue> | null
  private readonly formOf = new Map<LeafRule, HasForm>()
  private readonly patterns: typeof IDENTIFIER_PATTERNS
  private readonly policy: Policy
  private readonly sum: ValueSum | null = null
  private values = 0

  constructor(
    column: OutputColumn,
    policy: Policy,
    file: string,
    found: { forms: Tally; patterns: Tally; sums: Map<string, ValueSum> },
  ) {
    this.column = column
    this.policy = policy
    this.file = file
    this.found = found
    const rule = column.policy?.rule
    const type = column.policy?.type ?? 'text'
    // What stays as it is has no form but its own.
    this.split = rule && rule.kind !== 'keep' ? toSplitValue(rule, type) : null
    this.patterns = mayHoldIdentifiers(type)
      ? IDENTIFIER_PATTERNS.filter(({ inKept }) => inKept || column.isGenerated)
      : []
    if (rule && isSummed(rule.kind)) {
      this.sum = new ValueSum()
      found.sums.set(column.label, this.sum)
    }
  }

  inspect(field: string, line: number): void {
    this.values += 1
    this.sum?.add(field)
    if (!this.split && this.patterns.length === 0) return
    const text = toFieldText(field)
    this.split?.(text, (value, rule) => this.inspectForm(value, rule, line))
    for (const { name, hint, pattern, isHarmless } of this.patterns) {
      if (!hint.test(text)) continue
      for (const [match] of text.matchAll(pattern)) {
        if (isHarmless(match) || this.isKeptAddress(match)) continue
        this.found.patterns.add(`${this.column.label} holds ${name}`, this.file, line)
      }
    }
  }

  end(): void {
    for (const { name, byChance } of this.patterns) {
      const text = `${this.column.label} holds ${name}`
      const rows = this.found.patterns.rowsOf(text)
      if (byChance && (rows < 2 || rows * 50 <= this.values)) this.found.patterns.forget(text)
    }
  }

  private inspectForm(value: string, rule: LeafRule | null, line: number): void {
    if (rule === null) {
      this.found.forms.add(
        `${this.column.label} holds a value that the policy lists no rule for`,
        this.file,
        line,
      )
      return
    }
    const known = this.formOf.get(rule)
    const hasForm = known ?? toForm(rule, this.policy)
    if (!known) this.formOf.set(rule, hasForm)
    if (hasForm(value)) return
    this.found.forms.add(
      `${this.column.label} holds a value that rule ${rule.kind} does not leave`,
      this.file,
      line,
    )
  }

  /** Tells whether an address is a test account that the policy names. */
  private isKeptAddress(text: string): boolean {
    return (
      this.column.policy?.leaves.some((rule) => rule.kind === 'email' && rule.keepValues.includes(text)) ??
      false
    )
  }
}

/** Tells whether a rule allows any form. Whether such a rule was applied shows only beside the source. */
export function isSummed(kind: string): boolean {
  return kind === 'surrogate' || kind === 'date-shift' || kind === 'identifier'
}

class GroupInspector {
  private readonly quasi: QuasiIdentifiers
  private readonly places: readonly number[]
  private readonly counts: GroupCounts
  private readonly label: string

  constructor({ label, table }: OutputTable, quasi: QuasiIdentifiers) {
    this.label = label
    this.quasi = quasi
    this.places = quasi.columns.map((column) => table.columns.indexOf(column))
    this.counts = new GroupCounts(table.rows, quasi.k)
  }

  add(fields: readonly string[]): void {
    this.counts.add(this.places.map((place) => fields[place] ?? ''))
  }

  faults(): readonly string[] {
    const { columns, k } = this.quasi
    const together = `${this.label} (${columns.join(', ')})`
    if (this.places.includes(-1)) return [`${together}: a column is not in the snapshot`]
    const small = this.counts.smallerThan(k)
    if (small === null) return [`${together}: too many combinations for groups of ${k} rows`]
    if (small.small === 0) return []
    return [
      `${together}: ${small.small} of ${small.groups} groups hold fewer than ${k} rows, ${small.rows} rows in all`,
    ]
  }
}

import type { LeakCheck, LeakProof, Policy } from '../../model/policy.ts'
import type { Progress } from '../../model/ports.ts'
import type { SnapshotTable } from '../../model/snapshot.ts'
import { addCanaries } from './canaries.ts'
import { FoundValues } from './found-values.ts'
import { inspectOutput, isSummed } from './inspect-output.ts'
import { type OutputTable, toOutputTables } from './output-table.ts'
import { toPolicyColumns } from './policy-leaves.ts'
import { isNull, readCopyLines, toFields, toFieldText } from './read-copy-lines.ts'
import { searchOutput } from './search-output.ts'
import { isSensitive } from './search-terms.ts'
import { SensitiveColumn } from './source-values.ts'
import { ValueIndex } from './value-index.ts'
import { ValueSum } from './value-sum.ts'

/** A snapshot's files and the policy they were made by. */
interface LeakInput {
  readonly folder: string
  readonly tables: readonly SnapshotTable[]
  readonly policy: Policy
}

/** Reads the source again, at the moment it was captured. */
export interface SourceReader {
  /** The bytes of `COPY (SELECT columns FROM table) TO STDOUT`, text format, in chunks. */
  copyOut(
    table: { readonly namespace: string; readonly name: string },
    columns: readonly string[],
  ): AsyncIterable<Buffer>
}

/** How the proof is made. */
export interface LeakOptions {
  readonly progress: Progress
  /** Values planted into the source to be searched for, of at least 4 letters or digits. */
  readonly canaries?: readonly string[]
  /**
   * Most values in memory at once, 24 to 48 bytes each. With more values the output is read once for each lot of this
   * size.
   */
  readonly mostValues?: number
}

/** Half of the 2^22 slots that 50 MB hold. */
const MOST_VALUES = 2_000_000

const OTHER_FILES = ['schema/pre-data.sql', 'schema/post-data.sql']

/**
 * Reads a written snapshot and proves that it holds no raw sensitive value of the source. Without a source it judges
 * by the files alone. It reads the whole output and the sensitive columns, writes nothing, and returns no value.
 */
export async function proveNoLeak(
  subject: LeakInput,
  source: SourceReader | null,
  { progress, canaries = [], mostValues = MOST_VALUES }: LeakOptions,
): Promise<readonly LeakCheck[]> {
  const outputs = toOutputTables(subject.tables, subject.policy)
  progress.step('leak proof: reading the snapshot back')
  const inspection = await inspectOutput(subject.folder, outputs, subject.policy)
  const checks: LeakCheck[] = []
  if (Object.keys(subject.policy.tables).length > 0) {
    const method =
      'every value of every column has the form its rule leaves, told apart from the masks that made it'
    checks.push(toCheck('forms of values', method, inspection.forms.render()))
  }
  checks.push(
    toCheck(
      'patterns of identifiers',
      'no e-mail address, telephone number, social security number, link, IP address or dated identifier outside of the reserved ones',
      inspection.patterns.render(),
    ),
  )
  if (subject.policy.quasiIdentifiers.length > 0) {
    const groups = subject.policy.quasiIdentifiers.map(
      ({ table, columns, k }) => `each combination of ${table} (${columns.join(', ')}) has ${k} rows or more`,
    )
    checks.push(toCheck('k-anonymity', groups.join('; '), inspection.smallGroups))
  }
  if (source !== null || canaries.length > 0) {
    const search = new SourceSearch(subject, outputs, mostValues)
    await search.run(source, canaries, progress)
    checks.push(...search.checks(inspection.sums, source !== null, canaries.length))
  }
  return checks
}

/** The proof as the manifest holds it. */
export function toLeakProof(
  checks: readonly LeakCheck[],
  about: { digest: string; policy: string },
): LeakProof {
  return { passed: checks.every(({ passed }) => passed), digest: about.digest, policy: about.policy, checks }
}

function toCheck(name: string, method: string, found: readonly string[]): LeakCheck {
  return { name, passed: found.length === 0, method, found }
}

/** Fills the index from the source, and searches the output whenever it is full. */
class SourceSearch {
  private readonly subject: LeakInput
  private readonly outputs: readonly OutputTable[]
  private readonly index: ValueIndex
  private readonly columns: SensitiveColumn[] = []
  private readonly sums = new Map<string, ValueSum>()
  private readonly found: FoundValues

  constructor(subject: LeakInput, outputs: readonly OutputTable[], mostValues: number) {
    this.subject = subject
    this.outputs = outputs
    this.index = new ValueIndex(mostValues)
    this.found = new FoundValues(this.columns)
  }

  async run(source: SourceReader | null, canaries: readonly string[], progress: Progress): Promise<void> {
    addCanaries(this.index, canaries)
    if (source) {
      for (const [at, { table }] of this.outputs.entries()) {
        progress.count('leak proof: tables of the source', at + 1, this.outputs.length)
        await this.read(source, table)
      }
    }
    await this.search()
  }

  checks(output: ReadonlyMap<string, ValueSum>, hasSource: boolean, canaries: number): readonly LeakCheck[] {
    const checks: LeakCheck[] = []
    if (hasSource) {
      const counted = { values: 0, searched: 0, tooCommon: 0 }
      for (const { counts } of this.columns) {
        counted.values += counts.values
        counted.searched += counts.searched
        counted.tooCommon += counts.tooCommon
      }
      const method =
        `${counted.searched} texts made of ${counted.values} values of ${this.columns.length} columns were looked for in every column ` +
        'and schema file, whatever their case, accents, separators and escapes; ' +
        `${counted.tooCommon} values were too short or common to be told from others and rest on the other checks`
      checks.push(toCheck('raw values', method, this.found.render()))
      const same = [...this.sums].filter(([label, sum]) => output.get(label)?.isSameAs(sum))
      checks.push(
        toCheck(
          'changed columns',
          'no column whose rule leaves any form holds the very values of the source',
          same.map(([label]) => `${label} holds the very values of the source`).sort(),
        ),
      )
    }
    if (canaries > 0) {
      checks.push(
        toCheck(
          'canaries',
          `${canaries} planted values, looked for as raw values are`,
          this.found.canaries(),
        ),
      )
    }
    return checks
  }

  private async read(source: SourceReader, table: SnapshotTable): Promise<void> {
    const label = `${table.namespace}.${table.name}`
    const wanted = [...toPolicyColumns(this.subject.policy, label)].filter(([, { leaves }]) =>
      leaves.some(({ kind }) => isSensitive(kind)),
    )
    if (wanted.length === 0) return
    const columns = wanted.map(([, column]) => {
      // Number 0 is for canaries.
      const made = new SensitiveColumn(column, this.columns.length + 1, this.subject.policy)
      this.columns.push(made)
      if (isSummed(column.rule.kind)) this.sums.set(column.label, new ValueSum())
      return made
    })
    const names = wanted.map(([name]) => name)
    for await (const lines of readCopyLines(source.copyOut(table, names))) {
      for (const line of lines) {
        const fields = toFields(line)
        for (const [at, column] of columns.entries()) {
          const field = fields[at]
          if (field === undefined || isNull(field)) continue
          this.sums.get(column.label)?.add(field)
          const text = toFieldText(field)
          while (!column.add(text, this.index)) await this.search()
        }
      }
    }
  }

  private async search(): Promise<void> {
    await searchOutput(this.subject.folder, this.outputs, OTHER_FILES, this.index, this.found.add)
    this.index.clear()
  }
}

import { join } from 'node:path'
import { type LeakOptions, proveNoLeak } from '../capture/leak/prove-no-leak.ts'
import type { MaskContext } from '../capture/mask/mask.ts'
import { toMaskKey } from '../capture/mask/mask-key.ts'
import { toColumnMask } from '../capture/mask/to-mask.ts'
import { writeSnapshot } from '../capture/write-snapshot.ts'
import { toCopyField, toCopyLine } from '../ground/copy-text.ts'
import { splitPath } from '../ground/snapshot-format/split-path.ts'
import type { LeakCheck, Policy, Rule, TablePolicy } from '../model/policy.ts'
import { silentProgress } from '../model/ports.ts'
import { toExampleSource, withTemporaryFolder } from './example-source.ts'

/** A table of the example: its columns with type and rule, and its rows as Postgres would print them. */
export interface ExampleTable {
  readonly columns: Readonly<Record<string, { readonly type: string; readonly rule: Rule }>>
  readonly rows: readonly (readonly (string | null)[])[]
}

/** What happens to the example on its way into a snapshot. */
interface ExampleRun extends Partial<LeakOptions> {
  /** Columns that are written unmasked, whatever their rule: `<table>.<column>`. */
  readonly switchedOff?: readonly string[]
  readonly quasiIdentifiers?: Policy['quasiIdentifiers']
  readonly postData?: string
  /** True to prove without the source, like somebody who has only the snapshot. */
  readonly withoutSource?: boolean
}

const KEEP: Rule = { kind: 'keep', because: 'needed' }
const PASSWORD_HASH = '$2b$10$abcdefghijklmnopqrstuv'

/** Masks the tables by their rules, writes the snapshot into a folder of its own, and makes the leak proof of it. */
export async function proveExample(
  tables: Readonly<Record<string, ExampleTable>>,
  run: ExampleRun = {},
): Promise<readonly LeakCheck[]> {
  const policy = toPolicy(tables, run.quasiIdentifiers ?? [])
  return withTemporaryFolder(async (parent) => {
    const folder = join(parent, 'example')
    const written = await writeSnapshot(
      folder,
      toExampleSource({
        preData: '',
        postData: run.postData ?? '',
        tables: Object.entries(tables).map(([name, table]) => ({
          namespace: 'public',
          name,
          columns: Object.keys(table.columns),
          rows: toMaskedLines(name, table, run.switchedOff ?? []),
        })),
      }),
    )
    const reader = {
      async *copyOut(table: { readonly name: string }, names: readonly string[]) {
        const { columns, rows } = tables[table.name] as ExampleTable
        const places = names.map((name) => Object.keys(columns).indexOf(name))
        for (const row of rows) {
          yield Buffer.from(`${places.map((at) => toCopyField(row[at] ?? null)).join('\t')}\n`)
        }
      },
    }
    const subject = { folder, tables: written.manifest.tables, policy }
    return proveNoLeak(subject, run.withoutSource ? null : reader, { progress: silentProgress, ...run })
  })
}

/** The checks that failed, with what they found. */
export function failed(checks: readonly LeakCheck[]): readonly string[] {
  return checks
    .filter(({ passed }) => !passed)
    .flatMap(({ name, found }) => found.map((text) => `${name}: ${text}`))
}

/** A rule for documents: pairs of path and rule. */
export function toJsonRule(paths: Readonly<Record<string, Exclude<Rule, { kind: 'json' }>>>): Rule {
  return {
    kind: 'json',
    paths: Object.entries(paths).map(([path, rule]) => ({ path, steps: splitPath(path) ?? [], rule })),
  }
}

function toPolicy(
  tables: Readonly<Record<string, ExampleTable>>,
  quasiIdentifiers: Policy['quasiIdentifiers'],
): Policy {
  const entries = Object.entries(tables).map(([name, { columns }]): [string, TablePolicy] => [
    `public.${name}`,
    { empty: false, columns },
  ])
  return {
    format: 1,
    claims: 'none',
    reasons: {},
    asOf: '2026-01-06',
    passwordHash: PASSWORD_HASH,
    tables: Object.fromEntries(entries),
    quasiIdentifiers,
  }
}

function toMaskedLines(
  name: string,
  { columns, rows }: ExampleTable,
  off: readonly string[],
): readonly string[] {
  const context: MaskContext = {
    key: toMaskKey('an example key of the tests'),
    form: 'text',
    maxLength: null,
    passwordHash: PASSWORD_HASH,
    asOf: '2026-01-06',
    integerClasses: new Map(),
    numbers: new Map(),
  }
  const masks = Object.entries(columns).map(([column, { type, rule }]) =>
    toColumnMask(off.includes(`${name}.${column}`) ? KEEP : rule, context, type.endsWith('[]')),
  )
  return rows.map((row, at) =>
    toCopyLine(
      row.map((value, place) => (value === null ? null : (masks[place]?.(value, `s${at % 7}`) ?? null))),
    ),
  )
}

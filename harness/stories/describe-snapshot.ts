import type { AppliedRule, JsonPath, Policy, Rule, Statement } from '../model/policy.ts'
import type { Snapshot, SnapshotTable } from '../model/snapshot.ts'
import { readSnapshot } from '../snapshot/read-snapshot.ts'
import { isInvented, readPolicy } from './assert-sanitised.ts'

/**
 * What is in a snapshot and what was done to each column, in lines for a person.
 * @throws snapshot-invalid
 */
export async function describeSnapshot(folder: string): Promise<string> {
  const snapshot = await readSnapshot(folder)
  const { policy } = await readPolicy(snapshot)
  return renderSnapshot(snapshot, policy)
}

/** The same, of a snapshot and policy at hand. */
export function renderSnapshot(snapshot: Snapshot, policy: Policy | null): string {
  const { manifest } = snapshot
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
  const sizeBytes = manifest.tables.reduce((sum, table) => sum + table.sizeBytes, 0)
  const head = [
    `${manifest.name}: ${manifest.tables.length} tables, ${number(rows)} rows, ${number(sizeBytes)} bytes`,
    `read ${manifest.takenAt} from PostgreSQL ${manifest.postgres.version}`,
    `sanitised: ${manifest.sanitised.method} (${manifest.sanitised.by})`,
    ...(policy?.statement ? [`claim: ${renderStatement(policy.statement)}`] : []),
  ]
  const tables = manifest.tables.map((table) => renderTable(table, snapshot, policy))
  return `${[head.join('\n'), ...renderReasons(policy), ...tables, renderProof(snapshot)].join('\n\n')}\n`
}

/** Once, as many columns share one. */
function renderReasons(policy: Policy | null): readonly string[] {
  const lines = Object.entries(policy?.reasons ?? {}).map(
    ([name, statement]) => `  ${name}: ${renderStatement(statement)}`,
  )
  return lines.length === 0 ? [] : [['why columns stay', ...lines].join('\n')]
}

function renderTable(table: SnapshotTable, { manifest }: Snapshot, policy: Policy | null): string {
  const label = `${table.namespace}.${table.name}`
  const production = table.sourceRows === undefined ? '' : ` of ${number(table.sourceRows)} in production`
  const head = `${label}: ${number(table.rows)} rows${production}, ${number(table.sizeBytes)} bytes`
  if (!manifest.policy) return `${head}\n  ${table.columns.join(', ')}`
  const known = policy?.tables[label]
  if (known?.empty) return `${head}\n  left empty by the policy`
  const applied = new Map(
    manifest.policy.columns
      .filter((one) => one.namespace === table.namespace && one.table === table.name)
      .map((one) => [one.column, one]),
  )
  const width = Math.max(...table.columns.map((column) => column.length), 0)
  const lines = table.columns.flatMap((column) => {
    const rule: Rule | undefined = known?.whole
      ? { kind: 'keep', because: known.whole.because }
      : known?.columns[column]?.rule
    return [
      `  ${column.padEnd(width)}  ${renderApplied(applied.get(column))}${renderBecause(rule)}`,
      ...(rule?.kind === 'json' ? renderPaths(rule.paths, width) : []),
    ]
  })
  return [head, ...lines].join('\n')
}

function renderApplied(applied: AppliedRule | undefined): string {
  if (!applied) return 'nothing is known of it'
  const { rule, values, changed } = applied
  return `${rule}, ${values === 0 ? 'no values' : `${number(changed)} of ${number(values)} changed`}`
}

/** What is done inside of a document. */
function renderPaths(paths: readonly JsonPath[], indent: number): readonly string[] {
  const width = Math.max(...paths.map(({ path }) => path.length), 0)
  return paths.map(
    ({ path, rule }) => `  ${' '.repeat(indent)}  ${path.padEnd(width)}  ${rule.kind}${renderBecause(rule)}`,
  )
}

/** The name of the reason for which a value stays, where it does. */
function renderBecause(rule: Rule | undefined): string {
  return rule && 'because' in rule ? `, because: ${rule.because}` : ''
}

function renderStatement({ reason, owner, expires }: Statement): string {
  return `${reason} (${owner}, until ${expires})`
}

function renderProof(snapshot: Snapshot): string {
  const proof = snapshot.manifest.leakProof
  if (proof) {
    const checks = proof.checks.flatMap(({ name, passed, method, found }) => [
      `  ${passed ? 'passed' : 'FAILED'}  ${name}: ${method}`,
      ...found.map((text) => `          ${text}`),
    ])
    return [`leak proof: ${proof.passed ? 'passed' : 'FAILED'}`, ...checks].join('\n')
  }
  return isInvented(snapshot) ? 'leak proof: none needed, the data are invented' : 'leak proof: none'
}

function number(value: number): string {
  return value.toLocaleString('en-US')
}

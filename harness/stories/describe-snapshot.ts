import type { AppliedRule, Policy } from '../model/policy.ts'
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
    ...(manifest.policy ? [`claims: ${manifest.policy.claims}${renderStatement(policy)}`] : []),
  ]
  const tables = manifest.tables.map((table) => renderTable(table, snapshot, policy))
  return `${[head.join('\n'), ...tables, renderProof(snapshot)].join('\n\n')}\n`
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
  const lines = table.columns.map((column) => {
    const because = toReason(policy, label, column)
    return `  ${column.padEnd(width)}  ${renderApplied(applied.get(column))}${because === null ? '' : `: ${because}`}`
  })
  return [head, ...lines].join('\n')
}

function renderApplied(applied: AppliedRule | undefined): string {
  if (!applied) return 'nothing is known of it'
  const { rule, values, changed } = applied
  const share =
    values === 0 ? 'no values' : `${((100 * changed) / values).toFixed(0)} % of ${number(values)} changed`
  return `${rule}, ${share}`
}

/** Why the column stays, where it does. */
function toReason(policy: Policy | null, table: string, column: string): string | null {
  const known = policy?.tables[table]
  const rule = known?.columns[column]?.rule
  const because = known?.whole?.because ?? (rule && 'because' in rule ? rule.because : undefined)
  const statement = because === undefined ? undefined : policy?.reasons[because]
  return statement ? `${statement.reason} (${statement.owner}, until ${statement.expires})` : null
}

function renderStatement(policy: Policy | null): string {
  const statement = policy?.statement
  return statement ? `, ${statement.reason} (${statement.owner}, until ${statement.expires})` : ''
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

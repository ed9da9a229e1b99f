import type { Policy, Rule, Statement, TablePolicy } from '../../model/policy.ts'
import { type Source, type SourceTable, toTableKey } from '../../model/source.ts'
import { keepsApart, toMapping, toRuleFault } from './rule-fits.ts'
import { toStrongestProfile } from './strongest-profile.ts'

/**
 * Lists everything that keeps a policy from being applied to a source, in sentences that name tables and columns and
 * no values.
 * @param today ISO date that statements must not have expired on
 */
export function comparePolicy(policy: Policy, source: Source, today: string): readonly string[] {
  // What it does not classify, what is gone or has another type, rules that do not fit their columns, references that
  // would break, subjects that cannot be found, expired reasons, and a claim that the rules do not allow.
  const tables = new Map(source.tables.map((table) => [toTableKey(table), table]))
  return [
    ...toTableFaults(policy, tables),
    ...source.tables.flatMap((table) => {
      const of = policy.tables[toTableKey(table)]
      return of ? toColumnFaults(table, of, policy, tables) : []
    }),
    ...toShiftFaults(policy),
    ...toNameFaults(policy, tables),
    ...toExpiryFaults(policy, today),
    ...toClaimFaults(policy, source),
  ]
}

type Tables = ReadonlyMap<string, SourceTable>

function toTableFaults(policy: Policy, tables: Tables): readonly string[] {
  const unknown = [...tables.keys()].filter((key) => !Object.hasOwn(policy.tables, key))
  const gone = Object.keys(policy.tables).filter((key) => !tables.has(key))
  return [
    ...unknown.map((key) => `${key}: a table that the policy does not classify`),
    ...gone.map((key) => `${key}: the policy has it, the source has no such table`),
  ]
}

function toColumnFaults(
  table: SourceTable,
  of: TablePolicy,
  policy: Policy,
  tables: Tables,
): readonly string[] {
  const key = toTableKey(table)
  const incoming = toReferenceFaults(table, of, policy, tables)
  if (of.whole || of.empty) return incoming
  const columns = new Map(table.columns.map((column) => [column.name, column]))
  const listed = Object.keys(of.columns)
  const missing = table.columns.filter(
    ({ name, generated }) => !generated && !Object.hasOwn(of.columns, name),
  )
  const gone = listed.filter((name) => !columns.has(name))
  const faults = missing.map(({ name, type }) => {
    const twin = gone.find((one) => of.columns[one]?.type === type)
    const renamed = twin === undefined ? '' : `; renamed from ${twin}?`
    return `${key}.${name}: a column (${type}) that the policy does not classify${renamed}`
  })
  faults.push(...gone.map((name) => `${key}.${name}: the policy has it, the table has no such column`))
  for (const name of listed) {
    const column = columns.get(name)
    const entry = of.columns[name]
    if (!column || !entry) continue
    const fault = (text: string) => faults.push(`${key}.${name}: ${text}`)
    if (column.generated) fault('is computed by Postgres, so it must have no rule')
    else if (column.type !== entry.type)
      fault(`is ${column.type} now, the policy was written for ${entry.type}`)
    else {
      const unfit = toRuleFault(entry.rule, column, policy.passwordHash)
      if (unfit) fault(unfit)
    }
    if (needsSubject(entry.rule) && !of.subject) fault('date-shift needs the "subject" of its table')
    if (table.partitionedBy.includes(name) && entry.rule.kind !== 'keep') {
      fault('decides about the partition, so it must be kept or the table needs a default partition')
    }
  }
  return [...faults, ...toUniqueFaults(table, of), ...incoming, ...toSubjectFaults(table, of, tables)]
}

function needsSubject(rule: Rule): boolean {
  return rule.kind === 'json'
    ? rule.paths.some((path) => needsSubject(path.rule))
    : rule.kind === 'date-shift'
}

/**
 * Faults of the rule `date-shift`: all dates of one kind of subject must draw from the same number of days, or
 * intervals across tables would change.
 */
function toShiftFaults(policy: Policy): readonly string[] {
  const daysByKind = new Map<string, Set<number>>()
  for (const { subject, columns } of Object.values(policy.tables)) {
    const rules = Object.values(columns).flatMap(({ rule }) =>
      rule.kind === 'json' ? rule.paths.map((path) => path.rule) : [rule],
    )
    for (const rule of rules) {
      if (rule.kind !== 'date-shift' || !subject) continue
      daysByKind.set(subject.kind, (daysByKind.get(subject.kind) ?? new Set()).add(rule.days))
    }
  }
  return [...daysByKind]
    .filter(([, days]) => days.size > 1)
    .map(
      ([kind, days]) =>
        `dates of the subject ${kind}: shifted by up to ${[...days].sort((a, b) => a - b).join(' and ')} days; take one number`,
    )
}

function toUniqueFaults(table: SourceTable, of: TablePolicy): readonly string[] {
  return table.uniques.flatMap((unique) =>
    unique.columns.flatMap((name) => {
      const rule = of.columns[name]?.rule
      if (!rule || keepsApart(rule)) return []
      // One shift for all rows of a subject keeps their dates apart, where the subject is part of the key.
      const subject = of.subject?.via.length === 0 ? of.subject.column : of.subject?.via[0]?.column
      if (rule.kind === 'date-shift' && subject !== undefined && unique.columns.includes(subject)) return []
      return [
        `${toTableKey(table)}.${name}: ${unique.name} makes it unique, and the rule ${rule.kind} does not keep values apart`,
      ]
    }),
  )
}

function toReferenceFaults(
  table: SourceTable,
  of: TablePolicy,
  policy: Policy,
  tables: Tables,
): readonly string[] {
  if (of.empty) return []
  return table.foreignKeys.flatMap((foreignKey) => {
    const other = policy.tables[foreignKey.refers.table]
    const target = tables.get(foreignKey.refers.table)
    if (!other || !target) return []
    return foreignKey.columns.flatMap((name, index) => {
      const at = `${toTableKey(table)}.${name}`
      const rule = toRule(of, name)
      const referred = foreignKey.refers.columns[index] as string
      const to = `${foreignKey.refers.table}.${referred}`
      if (!rule || rule.kind === 'null') return []
      if (other.empty)
        return [
          `${at}: refers to ${foreignKey.refers.table}, which is left empty; use the rule null or empty`,
        ]
      const theirs = toRule(other, referred)
      if (!theirs) return []
      const mapping = toMapping(rule)
      if (mapping !== null && mapping === toMapping(theirs)) return []
      return [
        `${at}: refers to ${to}, and their rules (${rule.kind}, ${theirs.kind}) do not give equal values to equal ones`,
      ]
    })
  })
}

function toRule(of: TablePolicy, column: string): Rule | undefined {
  return of.whole ? { kind: 'keep', because: of.whole.because } : of.columns[column]?.rule
}

function toSubjectFaults(table: SourceTable, of: TablePolicy, tables: Tables): readonly string[] {
  if (!of.subject) return []
  let at: SourceTable = table
  for (const step of of.subject.via) {
    const leads = at.foreignKeys.some(({ columns }) => columns.length === 1 && columns[0] === step.column)
    const known = at.columns.some(({ name }) => name === step.column)
    const next = tables.get(step.table)
    if (!known)
      return [
        `${toTableKey(table)}: its subject goes through ${toTableKey(at)}.${step.column}, which is no column`,
      ]
    if (!next) return [`${toTableKey(table)}: its subject goes through ${step.table}, which is no table`]
    if (!leads && next.primaryKey.length !== 1) {
      return [
        `${toTableKey(table)}: its subject goes through ${step.table}, whose primary key is not one column`,
      ]
    }
    at = next
  }
  if (at.columns.some(({ name }) => name === of.subject?.column)) return []
  return [`${toTableKey(table)}: its subject is ${toTableKey(at)}.${of.subject.column}, which is no column`]
}

function toNameFaults(policy: Policy, tables: Tables): readonly string[] {
  const subset = policy.subset
  const faults = [...Object.keys(subset?.start ?? {}), ...(subset?.followers ?? [])]
    .filter((key) => !tables.has(key))
    .map((key) => `subset: ${key} is no table of the source`)
  for (const quasi of policy.quasiIdentifiers) {
    const table = tables.get(quasi.table)
    if (!table) faults.push(`quasiIdentifiers: ${quasi.table} is no table of the source`)
    for (const name of table ? quasi.columns : []) {
      if (!table?.columns.some((column) => column.name === name)) {
        faults.push(`quasiIdentifiers: ${quasi.table}.${name} is no column of the source`)
      }
    }
  }
  return faults
}

function toExpiryFaults(policy: Policy, today: string): readonly string[] {
  const statements: [string, Statement][] = Object.entries(policy.reasons).map(([name, one]) => [
    `reasons.${name}`,
    one,
  ])
  if (policy.statement) statements.push(['statement', policy.statement])
  return statements
    .filter(([, { expires }]) => expires < today)
    .map(([name, { expires, owner }]) => `${name}: expired on ${expires}; ${owner} must look at it again`)
}

function toClaimFaults(policy: Policy, source: Source): readonly string[] {
  const { inTheWay, strongest } = toStrongestProfile(policy, source)
  return inTheWay
    .filter(({ of }) => of === policy.claims)
    .map(
      ({ column, because }) =>
        `${column}: ${because}, so ${policy.claims} cannot be claimed (strongest: ${strongest})`,
    )
}

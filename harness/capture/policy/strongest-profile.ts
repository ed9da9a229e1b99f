import {
  type JsonPath,
  type Policy,
  PROFILES,
  type Profile,
  type Rule,
  type RuleKind,
} from '../../model/policy.ts'
import { type Source, type SourceTable, toTableKey } from '../../model/source.ts'
import { type ColumnClass, classifyColumn } from './column-class.ts'

/** The strongest profile that a policy may claim, and what prevents each stronger one. */
interface ProfileVerdict {
  readonly strongest: Profile
  readonly inTheWay: readonly { readonly of: Profile; readonly column: string; readonly because: string }[]
}

/**
 * The strongest profile that the rules allow, by 45 CFR 164.514 read strictly. It judges rules and names of what is
 * kept, not what a value says.
 */
export function toStrongestProfile(policy: Policy, source: Source): ProfileVerdict {
  // What is derived from a value by a key is for an expert to determine, so it is never Safe Harbor.
  const inTheWay = source.tables.flatMap((table) => {
    const of = policy.tables[toTableKey(table)]
    return of && !of.empty && !of.whole ? toObstacles(table, of.columns, of.subject !== undefined) : []
  })
  const stronger = PROFILES.toReversed()
  const strongest =
    stronger.find((profile) => !inTheWay.some((obstacle) => obstacle.of === profile)) ?? 'none'
  return { strongest, inTheWay }
}

type Obstacle = ProfileVerdict['inTheWay'][number]

function toObstacles(
  table: SourceTable,
  columns: Policy['tables'][string]['columns'],
  personal: boolean,
): readonly Obstacle[] {
  return table.columns.flatMap((column) => {
    const rule = columns[column.name]?.rule
    if (!rule || column.generated) return []
    const name = `${toTableKey(table)}.${column.name}`
    const places: readonly (readonly [string, ColumnClass, Rule])[] =
      rule.kind === 'json'
        ? rule.paths.map((path) => [`${name} ${path.path}`, classifyPath(table, path), path.rule] as const)
        : [[name, classifyColumn(table.name, column), rule]]
    return places.flatMap(([place, kind, one]) =>
      PROFILES.flatMap((profile) => {
        const because = toObstacle(profile, one, kind, personal)
        return because === null ? [] : [{ of: profile, column: place, because }]
      }),
    )
  })
}

function classifyPath(table: SourceTable, path: JsonPath): ColumnClass {
  const last = path.steps.findLast((step) => step.kind === 'key')
  return classifyColumn(table.name, { name: last?.key ?? '', form: 'text', type: 'text' })
}

/** Rules that make their result from the value with the key, which 164.514 (c)(1) counts as derived. */
const DERIVED: ReadonlySet<RuleKind> = new Set([
  'surrogate',
  'identifier',
  'name',
  'email',
  'phone',
  'address',
  'coordinate',
  'date-shift',
  'url',
  'ip',
])
/** Classes that a limited data set may still hold besides dates. Source: 164.514 (e)(2). */
const LIMITED: ReadonlySet<ColumnClass> = new Set([
  'birth',
  'age',
  'date',
  'zip',
  'city',
  'plain',
  'reference',
  'document',
])
const NO_IDENTIFIER: ReadonlySet<ColumnClass> = new Set(['plain', 'document'])

function toObstacle(profile: Profile, rule: Rule, kind: ColumnClass, personal: boolean): string | null {
  if (profile === 'none') return null
  if (rule.kind === 'keep') {
    if (profile === 'limited-data-set')
      return LIMITED.has(kind) ? null : `keeps what its name says is of class ${kind}`
    if (kind === 'date') return personal ? 'keeps dates of a person' : null
    // Organisations and references of tables about nobody are not identifiers of an individual.
    if (!personal && (kind === 'organisation' || kind === 'reference')) return null
    if (kind === 'reference' && profile === 'expert-determination') return null
    return NO_IDENTIFIER.has(kind) ? null : `keeps what its name says is of class ${kind}`
  }
  if (profile === 'safe-harbor') {
    if (DERIVED.has(rule.kind)) return `${rule.kind} derives its values from the original ones`
    if (rule.kind === 'year' && !rule.birth && kind === 'birth')
      return 'year without birth tells ages over 89'
  }
  return null
}

import { describe, expect, it } from 'vitest'
import { parsePolicy } from '../../ground/snapshot-format/parse-policy.ts'
import type { Policy } from '../../model/policy.ts'
import type { Source, SourceColumn, SourceTable } from '../../model/source.ts'
import { comparePolicy } from './compare-policy.ts'
import { toStrongestProfile } from './strongest-profile.ts'

const column = (name: string, changes: Partial<SourceColumn> = {}): SourceColumn => ({
  name,
  type: 'text',
  form: 'text',
  integer: null,
  isArray: false,
  maxLength: null,
  notNull: false,
  generated: false,
  ...changes,
})
const day = (name: string) => column(name, { type: 'date', form: 'date' })
const table = (
  name: string,
  columns: readonly SourceColumn[],
  changes: Partial<SourceTable> = {},
): SourceTable => ({
  namespace: 'public',
  name,
  partitioned: false,
  partitionedBy: [],
  columns,
  primaryKey: ['id'],
  uniques: [],
  foreignKeys: [],
  checks: [],
  estimatedRows: 1,
  ...changes,
})
const toSource = (...tables: readonly SourceTable[]): Source => ({
  name: 'x',
  postgres: { version: '17.4', major: 17 },
  tables,
})

function toPolicy(tables: object, more: object = {}): Policy {
  const reasons = { ok: { reason: 'r', owner: 'o', expires: '2027-01-01' } }
  const parsed = parsePolicy(
    JSON.stringify({ format: 1, claims: 'none', reasons, asOf: '2026-01-06', tables, ...more }),
  )
  if (!parsed.ok) throw new Error(parsed.faults.join('\n'))
  return parsed.policy
}

const keep = { type: 'text', rule: 'keep', because: 'ok' }
const id = (of: string) => ({ type: 'text', rule: 'surrogate', class: of })

describe('a policy beside its source', () => {
  const parent = table('parent', [column('id')])
  const child = table(
    'child',
    [
      column('id'),
      column('parentId'),
      column('code', { maxLength: 10, type: 'character varying(10)' }),
      day('at'),
    ],
    {
      uniques: [{ name: 'child_code', columns: ['code'] }],
      foreignKeys: [
        { name: 'fk', columns: ['parentId'], refers: { table: 'public.parent', columns: ['id'] } },
      ],
    },
  )
  const at = { type: 'date', rule: 'date-shift' }
  const code = { type: 'character varying(10)', rule: 'surrogate', class: 'code' }
  const subject = { kind: 'p', via: [{ column: 'parentId', table: 'public.parent' }], column: 'id' }
  const columns = { id: id('child'), parentId: id('parent'), code, at }
  const good = { 'public.parent': { columns: { id: id('parent') } }, 'public.child': { subject, columns } }
  const faultsOf = (changes: object, more: object = {}, today = '2026-01-06') =>
    comparePolicy(toPolicy({ ...good, ...changes }, more), toSource(parent, child), today)
  const withColumn = (name: string, rule: object) => ({
    'public.child': { subject, columns: { ...columns, [name]: rule } },
  })

  it('that fits has no faults', () => {
    expect(faultsOf({})).toEqual([])
  })

  it.each<[string, object, string]>([
    [
      'references with another class',
      withColumn('parentId', id('other')),
      'public.child.parentId: refers to public.parent.id, and their rules (surrogate, surrogate) do not give equal values',
    ],
    [
      'references that are kept alone',
      withColumn('parentId', keep),
      'public.child.parentId: refers to public.parent.id, and their rules (keep, surrogate)',
    ],
    [
      'a unique column by a rule that mixes values',
      withColumn('code', { type: code.type, rule: 'name' }),
      'public.child.code: child_code makes it unique, and the rule name does not keep values apart',
    ],
    [
      'an address in a column too short',
      withColumn('code', { type: code.type, rule: 'email' }),
      'public.child.code: the rule email needs 33 characters, and the column has 10',
    ],
    [
      'a text rule for a date',
      withColumn('at', { type: 'date', rule: 'free-text' }),
      'public.child.at: the rule free-text cannot write a date',
    ],
    [
      'a shift without a subject',
      { 'public.child': { columns } },
      'public.child.at: date-shift needs the "subject" of its table',
    ],
    [
      'a subject that leads nowhere',
      { 'public.child': { columns, subject: { kind: 'p', column: 'gone' } } },
      'public.child: its subject is public.child.gone, which is no column',
    ],
    [
      'references to a table left empty',
      { 'public.parent': { empty: true } },
      'public.child.parentId: refers to public.parent, which is left empty',
    ],
  ])('is refused for %s', (_, changes, fault) => {
    expect(faultsOf(changes)).toContainEqual(expect.stringContaining(fault))
  })

  it('is refused for dates of one subject that are drawn from different numbers of days', () => {
    const changed = {
      ...good,
      'public.parent': {
        subject: { kind: 'p', column: 'id' },
        columns: { id: id('parent'), at: { ...at, days: 90 } },
      },
    }
    const source = toSource(table('parent', [column('id'), day('at')]), child)
    expect(comparePolicy(toPolicy(changed), source, '2026-01-06')).toEqual([
      'dates of the subject p: shifted by up to 90 and 365 days; take one number',
    ])
  })

  it('is refused once a reason has expired, and names its owner', () => {
    expect(faultsOf({}, {}, '2027-01-02')).toEqual([
      'reasons.ok: expired on 2027-01-01; o must look at it again',
    ])
  })
})

describe('the strongest profile', () => {
  const person = table('patient', [column('id'), column('name'), column('zip'), day('born'), day('seen')])
  const strongest = (columns: object) =>
    toStrongestProfile(
      toPolicy({ 'public.patient': { subject: { kind: 'p', column: 'id' }, columns } }),
      toSource(person),
    ).strongest
  const safe = {
    id: { type: 'text', rule: 'number', class: 'p' },
    name: { type: 'text', rule: 'constant', value: 'x' },
    zip: { type: 'text', rule: 'zip3' },
    born: { type: 'date', rule: 'year', birth: true },
    seen: { type: 'date', rule: 'year' },
  }

  it.each<[string, object, string]>([
    ['numbers, constants, years and prefixes', safe, 'safe-harbor'],
    ['a keyed surrogate', { ...safe, id: id('p') }, 'expert-determination'],
    ['shifted dates', { ...safe, seen: { type: 'date', rule: 'date-shift' } }, 'expert-determination'],
    [
      'birth years that tell ages over 89',
      { ...safe, born: { type: 'date', rule: 'year' } },
      'expert-determination',
    ],
    ['kept dates and ZIP codes', { ...safe, zip: keep, seen: { ...keep, type: 'date' } }, 'limited-data-set'],
    ['kept names', { ...safe, name: keep }, 'none'],
  ])('of %s is as the rule says', (_, columns, profile) => {
    expect(strongest(columns)).toBe(profile)
  })

  it('is not exceeded by a claim, and the columns in the way are named', () => {
    const statement = { reason: 'r', owner: 'o', expires: '2027-01-01' }
    const columns = { ...safe, id: id('p'), name: { type: 'text', rule: 'name' } }
    const policy = toPolicy(
      { 'public.patient': { subject: { kind: 'p', column: 'id' }, columns } },
      { claims: 'safe-harbor', statement },
    )
    expect(comparePolicy(policy, toSource(person), '2026-01-06')).toEqual([
      'public.patient.id: surrogate derives its values from the original ones, so safe-harbor cannot be claimed (strongest: expert-determination)',
      'public.patient.name: name derives its values from the original ones, so safe-harbor cannot be claimed (strongest: expert-determination)',
    ])
  })
})

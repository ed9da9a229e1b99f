import { describe, expect, it } from 'vitest'
import { parsePolicy } from './parse-policy.ts'

const WHOLE = `
format: 1
claims: expert-determination
statement: { reason: determined, owner: A. Person, expires: 2027-01-31 }
reasons:
  operational: { reason: says nothing of anybody, owner: A. Person, expires: 2027-01-31 }
asOf: 2026-01-06
passwordHash: $2b$10$hash
tables:
  public._prisma_migrations: { whole: operational }
  public.audit: { empty: true }
  public.patient:
    subject: { kind: patient, column: id }
    columns:
      id: { type: integer, rule: surrogate, class: patient }
      email: { type: text, rule: email, keepValues: [admin@x.example.invalid] }
      born: { type: date, rule: year, birth: true }
      gone: { type: text, rule: null }
      one: { type: integer, rule: constant, value: 1 }
      state: { type: text, rule: enum, values: [A, B], because: operational }
      password: { type: text, rule: password }
      doc:
        type: jsonb
        rule: json
        paths:
          $: { rule: keep, because: operational }
          $.days.*[]: { rule: date-shift, days: 90 }
          $."odd.key".**: { rule: free-text }
quasiIdentifiers: [{ table: public.patient, columns: [born, state], k: 5 }]
subset: { start: { public.patient: 10 }, followers: [public.audit], maxRows: 100 }
`

describe('a policy', () => {
  it('is read whole', () => {
    const parsed = parsePolicy(WHOLE)
    if (!parsed.ok) throw new Error(parsed.faults.join('\n'))
    const { policy } = parsed
    expect(policy.claims).toBe('expert-determination')
    expect(policy.tables['public._prisma_migrations']?.whole).toEqual({ because: 'operational' })
    expect(policy.tables['public.audit']?.empty).toBe(true)
    const columns = policy.tables['public.patient']?.columns
    expect(columns?.gone?.rule).toEqual({ kind: 'null' })
    expect(columns?.one?.rule).toEqual({ kind: 'constant', value: '1' })
    expect(columns?.doc?.rule).toMatchObject({
      paths: [
        { path: '$', steps: [] },
        {
          steps: [{ kind: 'key', key: 'days' }, { kind: 'any-key' }, { kind: 'element' }],
          rule: { days: 90 },
        },
        { steps: [{ kind: 'key', key: 'odd.key' }, { kind: 'below' }] },
      ],
    })
    expect(policy.subset).toEqual({
      start: { 'public.patient': 10 },
      followers: ['public.audit'],
      maxRows: 100,
    })
  })

  it.each<[string, string, string]>([
    [
      'expires: 2027-01-31 }\nreasons',
      'expires: soon }\nreasons',
      'statement.expires: should be a text that fits',
    ],
    ['format: 1', 'format: 2', 'format: should be 1'],
    ['claims: expert-determination', 'claims: perfect', 'claims: should be one of none, limited-data-set'],
    [
      'statement: { reason: determined, owner: A. Person, expires: 2027-01-31 }',
      '',
      'statement: is needed for the claim',
    ],
    [
      'whole: operational',
      'whole: whim',
      'tables.public._prisma_migrations.whole: names a reason that "reasons" does not hold',
    ],
    ['{ empty: true }', '{}', 'tables.public.audit: needs one of: columns, whole (with a reason), empty'],
    ['rule: surrogate, class: patient', 'rule: surrogate', 'columns.id.class: should be a text, is missing'],
    ['rule: surrogate, class: patient', 'rule: shuffle', 'columns.id.rule: should be one of keep, null'],
    [
      'admin@x.example.invalid',
      'jane@hospital.example.com',
      'keepValues: may only hold addresses of the reserved domains',
    ],
    ['asOf: 2026-01-06', '', 'columns.born.birth: needs "asOf"'],
    ['passwordHash: $2b$10$hash', '', 'columns.password.rule: needs "passwordHash"'],
    ['$.days.*[]', 'days.x', '"days.x" is no path'],
    ['birth: true', 'birth: true, extra: 1', 'columns.born: has the unknown key "extra"'],
    ['rule: free-text', 'rule: json, paths: {}', 'json cannot stand inside json'],
    ['k: 5', 'k: 1', 'quasiIdentifiers[0].k: should be a whole number, 2 or more'],
    ['maxRows: 100', 'maxRows: many', 'subset.maxRows: should be a whole number'],
    ['tables:', 'tables: [', 'is not YAML'],
    ['class: patient', 'class: *nobody', 'is not YAML: an alias names nothing'],
    ['format: 1', 'format: 1\nformat: 1', 'is not YAML: Map keys must be unique'],
  ])('with %j as %j is refused', (from, to, fault) => {
    const parsed = parsePolicy(WHOLE.replace(from, to))
    expect(parsed.ok ? [] : parsed.faults).toContainEqual(expect.stringContaining(fault))
  })

  it('lists all that is wrong together', () => {
    const parsed = parsePolicy(
      WHOLE.replace('format: 1', 'format: 3').replace('k: 5', 'k: 0').replace('date-shift', 'x'),
    )
    expect(parsed.ok ? 0 : parsed.faults.length).toBe(3)
  })
})

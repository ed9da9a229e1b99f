import { expect, inject, it } from 'vitest'
import { parsePolicy } from '../ground/snapshot-format/parse-policy.ts'
import { query, withTestDatabase } from '../testing/with-test-database.ts'
import { classify } from './classify.ts'

it('drafts a policy that classifies every column, cannot be used before it is decided, and holds no values of people', async () => {
  await withTestDatabase(inject('postgresUrl'), async (url) => {
    await query(
      url,
      `CREATE TABLE patient (id serial PRIMARY KEY, "fullName" text, contact text, status text, "dateOfBirth" date, "seenAt" timestamptz,
         place jsonb, note text, age int);
       CREATE TABLE visit (id uuid PRIMARY KEY, "patientId" int REFERENCES patient, at timestamptz, "doubled" int GENERATED ALWAYS AS (1) STORED);
       INSERT INTO patient ("fullName", contact, status, "dateOfBirth", "seenAt", place, note, age)
       SELECT 'Jane Doe ' || i, 'jane' || i || '@mail.example', (ARRAY['OPEN','CLOSED'])[1 + i % 2], '1950-01-01', now(),
              '{"lat": 1.5, "name": "Jane", "tags": [], "odd key": true}', 'Jane', 91 FROM generate_series(1, 50) i`,
    )
    const draft = await classify(url, '2026-01-06')
    expect(draft).not.toMatch(/jane/i)
    const parsed = parsePolicy(draft)
    if (!parsed.ok) throw new Error(parsed.faults.join('\n'))
    expect(parsed.policy.reasons.review?.expires).toBe('2026-01-05')
    const rules = Object.fromEntries(
      Object.entries(parsed.policy.tables['public.patient']?.columns ?? {}).map(([name, { rule }]) => [
        name,
        rule,
      ]),
    )
    expect(rules).toMatchObject({
      id: { kind: 'surrogate', class: 'public.patient.id' },
      fullName: { kind: 'name' },
      contact: { kind: 'name' },
      status: { kind: 'enum', values: ['CLOSED', 'OPEN'] },
      dateOfBirth: { kind: 'year', birth: true },
      seenAt: { kind: 'date-shift' },
      note: { kind: 'free-text' },
      age: { kind: 'age' },
    })
    const place = rules.place
    expect(place?.kind === 'json' ? place.paths.map(({ path, rule }) => `${path} ${rule.kind}`) : []).toEqual(
      ['$.lat coordinate', '$.name name', '$.odd key keep', '$.tags null'],
    )
    expect(parsed.policy.tables['public.visit']?.columns.patientId?.rule).toEqual(rules.id)
    expect(Object.keys(parsed.policy.tables['public.visit']?.columns ?? {})).toEqual([
      'id',
      'patientId',
      'at',
    ])
  })
})

import { describe, expect, inject, it } from 'vitest'
import { countOrphans, withScaled } from '../../testing/scaled-example.ts'
import '../../vitest/provided.ts'

/** Numbers below a limit, the same on every run. */
function toDice(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return (state >>> 8) % below
  }
}

const KEYS: readonly (readonly [type: string, value: string])[] = [
  ['integer GENERATED ALWAYS AS IDENTITY', 'DEFAULT'],
  ['integer', 'n * 7919 % 100003'],
  ['smallint', '(n * 131 % 997)::smallint'],
  ['uuid', 'md5(n::text)::uuid'],
  ['text', `'K-' || n`],
  ['varchar(9)', `upper(left(md5(n::text), 1 + n % 9))`],
  ['char(12)', `'c' || left(md5(n::text), 8)`],
]
const UNIQUES = [
  'CREATE UNIQUE INDEX ON t# (lower(mail))',
  'CREATE UNIQUE INDEX ON t# (name, mail)',
  'CREATE UNIQUE INDEX ON t# (f0) WHERE flag',
  'CREATE UNIQUE INDEX ON t# (f0, name)',
  'CREATE UNIQUE INDEX ON t# (f0, kind)',
  'CREATE UNIQUE INDEX ON t# (f0, f1)',
  'CREATE UNIQUE INDEX ON t# (f1, at DESC) WHERE kind <> 3',
  `CREATE UNIQUE INDEX ON t# ((name || '/' || mail), f0)`,
]

/** A schema of five tables with rows that fit it, and how many of them there shall be. */
function toSchema(seed: number): { readonly sql: string; readonly wanted: Record<string, number> } {
  const dice = toDice(seed)
  const wanted: Record<string, number> = {}
  const types: string[] = []
  const statements = Array.from({ length: 5 }, (_, at) => {
    const [type, value] = KEYS[dice(KEYS.length)] as (typeof KEYS)[number]
    types.push(type.split(' GENERATED')[0] as string)
    // Any table so far, itself too.
    const parents = [dice(at + 1), dice(at + 1)]
    const references = parents.map(
      (parent, which) =>
        `f${which} ${types[parent]} ${dice(4) === 0 && parent < at ? 'NOT NULL ' : ''}REFERENCES t${parent}`,
    )
    const pick = (parent: number, salt: number) =>
      parent === at ? 'NULL' : `(SELECT id FROM t${parent} ORDER BY md5(id::text || n || ${salt}) LIMIT 1)`
    const uniques = UNIQUES.filter(() => dice(4) === 0).map((sql) => `${sql.replace('#', String(at))};`)
    const rows = 4 + dice(40)
    const columns = `name, mail, flag, kind, at, f0, f1`
    const values = `'name ' || n % 11, 'Mail' || n || '@x', n % 3 = 0, n % 4, '2025-01-01'::timestamp + n * interval '1 hour', ${pick(parents[0] as number, 1)}, ${pick(parents[1] as number, 2)}`
    const isIdentity = value === 'DEFAULT'
    wanted[`public.t${at}`] = rows * (2 + dice(40)) + dice(7)
    return [
      `CREATE TABLE t${at} (id ${type} PRIMARY KEY, name text NOT NULL, mail varchar(30), flag boolean, kind integer CHECK (kind BETWEEN 0 AND 3), at timestamp, ${references.join(', ')});`,
      ...uniques,
      `INSERT INTO t${at} (${isIdentity ? '' : 'id, '}${columns}) SELECT ${isIdentity ? '' : `${value}, `}${values} FROM generate_series(1, ${rows}) n ON CONFLICT DO NOTHING;`,
      ...parents.flatMap((parent, which) =>
        parent === at
          ? [
              `UPDATE t${at} t SET f${which} = (SELECT max(id::text) FROM t${at})::${types[at]} WHERE kind = 2 AND ctid = (SELECT max(ctid) FROM t${at});`,
            ]
          : [],
      ),
    ].join('\n')
  })
  return { sql: statements.join('\n'), wanted }
}

const seeds = [1, 2, 3, 4, 5, 6, 7, 8]
const outcomes: ('multiplied' | 'refused')[] = []

describe('rows of a schema drawn by lot', () => {
  it.for(seeds)('are multiplied exactly, or refused by name (%i)', async (seed) => {
    const { sql, wanted } = toSchema(seed)
    try {
      await withScaled(inject('postgresUrl'), sql, wanted, async (scaled) => {
        for (const [table, rows] of Object.entries(wanted)) {
          const [found] = await scaled.fetch<{ count: number }>(`SELECT count(*)::int AS count FROM ${table}`)
          expect(found?.count, `${table}\n${sql}`).toBe(rows)
        }
        expect(
          Object.values(await countOrphans(scaled)).filter((count) => count > 0),
          sql,
        ).toEqual([])
      })
      outcomes.push('multiplied')
    } catch (error) {
      expect(error, `${error}\n${sql}`).toMatchObject({
        code: 'scale-refused',
        message: expect.stringMatching(/public\.t\d/),
      })
      expect((error as Error).message, sql).toMatch(/too few rows|no further values|another unique key/)
      outcomes.push('refused')
    }
  })

  it('are multiplied more often than refused', () => {
    expect(outcomes.filter((outcome) => outcome === 'multiplied').length).toBeGreaterThan(seeds.length / 2)
  })
})

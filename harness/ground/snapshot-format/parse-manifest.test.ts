import { describe, expect, it } from 'vitest'
import { parseManifest } from './parse-manifest.ts'

const HASH = '0'.repeat(64)

function toManifest(changes: object = {}, table: object = {}): Record<string, unknown> {
  return {
    format: 1,
    name: 'example',
    takenAt: '2026-01-06T06:00:00Z',
    postgres: { version: '17.4', major: 17 },
    tables: [
      {
        namespace: 'public',
        name: 'ward',
        file: 'data/public.ward.copy',
        columns: ['id'],
        rows: 0,
        sizeBytes: 0,
        sha256: HASH,
        ...table,
      },
    ],
    schema: { 'schema/pre-data.sql': HASH, 'schema/post-data.sql': HASH },
    digest: HASH,
    sanitised: { method: 'invented', by: 'a generator' },
    ...changes,
  }
}

function toFaults(manifest: unknown): readonly string[] {
  const parsed = parseManifest(JSON.stringify(manifest))
  return parsed.ok ? [] : parsed.faults
}

describe('parseManifest', () => {
  it('accepts a manifest of format 1', () => {
    expect(parseManifest(JSON.stringify(toManifest()))).toEqual({ ok: true, manifest: toManifest() })
  })

  it('accepts the rows that production had', () => {
    const manifest = toManifest({}, { sourceRows: 4000 })
    expect(parseManifest(JSON.stringify(manifest))).toEqual({ ok: true, manifest })
  })

  const faulty: readonly [claim: string, manifest: unknown, fault: string][] = [
    ['refuses a list', [], 'the manifest: should be an object, is a list'],
    [
      'refuses an unknown format and says nothing more',
      { format: '1' },
      'format: should be 1, the only format known here, is a text of length 1',
    ],
    [
      'refuses an unknown key',
      toManifest({ extra: 1 }),
      'the manifest: has the unknown key "extra"; known are format, name, takenAt, postgres, tables, roles, databaseOwner, schema, digest, sequences, conditions, sanitised, policy, preconditions, leakProof, seal',
    ],
    ['refuses a missing name', toManifest({ name: undefined }), 'name: should be a text, is missing'],
    [
      'refuses a day without time',
      toManifest({ takenAt: '2026-01-06' }),
      'takenAt: should be an ISO 8601 date and time with zone, is a text of length 10',
    ],
    [
      'refuses a major of another version',
      toManifest({ postgres: { version: '16.2', major: 17 } }),
      'postgres.major: should be the major of postgres.version, is another',
    ],
    [
      'refuses a path out of the folder',
      toManifest({}, { file: '../x' }),
      'tables[0].file: should be data/<namespace>.<name>.copy of this table, is another',
    ],
    [
      'refuses a table name that is a path',
      toManifest({}, { name: '../x', file: 'data/public.../x.copy' }),
      'tables[0].name: should be a name without path separators, is a text of length 4',
    ],
    [
      'refuses half a row',
      toManifest({}, { rows: 1.5 }),
      'tables[0].rows: should be a whole number, 0 or more, is a number with a fraction',
    ],
    [
      'refuses more rows in the snapshot than in production',
      toManifest({}, { rows: 5, sourceRows: 4 }),
      'tables[0].sourceRows: should be as many as rows or more, is fewer',
    ],
    [
      'refuses rows of production that are no number',
      toManifest({}, { sourceRows: 'many' }),
      'tables[0].sourceRows: should be a whole number, 0 or more, is a text of length 4',
    ],
    [
      'refuses a column twice',
      toManifest({}, { columns: ['a', 'a'] }),
      'tables[0].columns: names a column twice',
    ],
    [
      'refuses a short hash',
      toManifest({ digest: 'abc' }),
      'digest: should be a SHA-256 in lower-case hex, is a text of length 3',
    ],
  ]
  it.each(faulty)('%s', (_claim, manifest, fault) => {
    expect(toFaults(manifest)).toContain(fault)
  })

  const policy = {
    sha256: HASH,
    claims: 'expert-determination',
    lists: { zip3: 'census-2000-and-2020' },
    columns: [{ namespace: 'public', table: 'ward', column: 'id', rule: 'keep', values: 3, changed: 0 }],
  }
  const check = { name: 'raw values', passed: true, method: 'looked for', found: [] }
  const leakProof = { passed: true, digest: HASH, policy: HASH, checks: [check] }

  it('accepts a policy and a leak proof', () => {
    const manifest = toManifest({ policy, leakProof })
    expect(parseManifest(JSON.stringify(manifest))).toEqual({ ok: true, manifest })
  })

  it('refuses a leak proof that contradicts its checks, and claims that nobody knows', () => {
    const failed = { ...check, passed: false, found: ['public.ward.name'] }
    expect(
      toFaults(
        toManifest({
          policy: { ...policy, claims: 'anonymous' },
          leakProof: { ...leakProof, checks: [failed] },
        }),
      ),
    ).toEqual([
      'policy.claims: should be one of none, limited-data-set, expert-determination, safe-harbor, is a text of length 9',
      'leakProof.passed: is true, and a check did not pass',
    ])
  })

  it('refuses a table listed twice', () => {
    const { tables } = toManifest() as { tables: object[] }
    expect(toFaults(toManifest({ tables: [...tables, ...tables] }))).toEqual([
      'tables[1]: is the same table as tables[0]',
    ])
  })

  it('lists all faults together', () => {
    expect(toFaults({ format: 1 })).toEqual([
      'name: should be a text, is missing',
      'takenAt: should be an ISO 8601 date and time with zone, is missing',
      'postgres: should be an object, is missing',
      'tables: should be a list, is missing',
      'schema: should be an object, is missing',
      'digest: should be a SHA-256 in lower-case hex, is missing',
      'sanitised: should be an object, is missing',
    ])
  })
})

import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Finding } from '../model/finding.ts'
import { silentProgress } from '../model/ports.ts'
import type { Proof } from '../model/proof.ts'
import type { Scenario } from '../model/scenario.ts'
import { type OpenServer, openDatabases } from '../postgres/databases.ts'
import { describeFinding } from '../proof/describe-finding.ts'
import { EXAMPLE_KEY, toExamplePolicy } from '../testing/capture-example.ts'
import { withTemporaryFolder } from '../testing/example-source.ts'
import { query, withTestDatabase } from '../testing/with-test-database.ts'
import { toChecksum } from '../tool/prisma/checksum.ts'
import { capture } from './capture.ts'
import { openCheckpoints } from './checkpoints.ts'
import { proveInProcess } from './prove-in-process.ts'
import '../vitest/provided.ts'

const START = `CREATE TYPE "Kind" AS ENUM ('BUYER', 'GUEST', 'ADMIN');
CREATE TABLE people (id integer PRIMARY KEY, email text, site text, label text, code text, kind "Kind", visits jsonb);`
const ROWS = `INSERT INTO people VALUES
  (1, 'Ada@shop.test', 'https://one.test', repeat('long', 12), 'A-1', 'BUYER', '[]'),
  (2, 'ada@shop.test', 'http://two.test', 'short', 'A-2', 'GUEST', '[1]'),
  (3, 'bob@shop.test', 'https://three.test', 'short', 'A-3', 'BUYER', '[]')`
const HISTORY = `CREATE TABLE _prisma_migrations (id varchar(36) PRIMARY KEY, checksum varchar(64) NOT NULL, finished_at timestamptz,
  migration_name varchar(255) NOT NULL, logs text, rolled_back_at timestamptz, started_at timestamptz NOT NULL DEFAULT now(),
  applied_steps_count integer NOT NULL DEFAULT 0);
INSERT INTO _prisma_migrations VALUES ('1', '${toChecksum(START)}', now(), '20250101000000_start', NULL, NULL, now(), 1)`

/** Masks that hide from each statement what is in its way. */
const POLICY = toExamplePolicy({
  'public._prisma_migrations': { whole: 'test' },
  'public.people': {
    columns: {
      id: { type: 'integer', rule: 'keep', because: 'test' },
      email: { type: 'text', rule: 'email', class: 'person', caseless: false, keepValues: [] },
      site: { type: 'text', rule: 'constant', value: 'https://example.invalid' },
      label: { type: 'text', rule: 'constant', value: 'label' },
      code: { type: 'text', rule: 'constant', value: 'same' },
      kind: { type: 'public."Kind"', rule: 'null' },
      visits: { type: 'jsonb', rule: 'null' },
    },
  },
})

let server: OpenServer
beforeAll(async () => {
  server = await openDatabases(inject('postgresAddress'))
})
afterAll(() => server.close())

/** Captures the source while a scenario of one migration is at hand, then proves the scenario, its SQL replaced by another where given. */
async function captureAndProve(sql: string, later = sql): Promise<{ proof: Proof; manifest: string }> {
  return withTestDatabase(inject('postgresUrl'), async (url) => {
    await query(url, [START, ROWS, HISTORY].join(';\n'))
    return withTemporaryFolder(async (projectRoot) => {
      const name = '20260101000000_change'
      const write = async (migration: string, text: string) => {
        await mkdir(join(projectRoot, 'migrations', migration), { recursive: true })
        await writeFile(join(projectRoot, 'migrations', migration, 'migration.sql'), text)
      }
      await write('20250101000000_start', START)
      await write(name, sql)
      await writeFile(join(projectRoot, 'policy.yaml'), POLICY)
      const scenario: Scenario = {
        name: 'people',
        title: 'People',
        snapshot: 'example',
        migrations: 'migrations',
        tool: { name: 'prisma', version: '7.3.0' },
        phases: [
          {
            id: 1,
            name: '01-people',
            title: 'People',
            goal: 'people',
            risk: 'low',
            estimateMinutes: 1,
            dependsOn: [],
            migrations: [name],
            recorded: ['20250101000000_start'],
            changes: ['*'],
            expect: [{ kind: 'table', table: 'people', exists: true }],
          },
        ],
      }
      await capture({
        url,
        policy: join(projectRoot, 'policy.yaml'),
        folder: join(projectRoot, 'example'),
        key: EXAMPLE_KEY,
        progress: silentProgress,
        allowWriter: 'phaseproof',
        schemaFrom: 'catalog',
        scenario: { scenario, projectRoot },
      })
      await write(name, later)
      const cacheFolder = join(projectRoot, 'cache')
      const place = { server, projectRoot, cacheFolder, reportsFolder: projectRoot, progress: silentProgress }
      try {
        const proof = await proveInProcess(
          { scenario, upTo: 'all', fresh: true, strict: false, keep: 'nothing', experiments: [] },
          place,
        )
        return { proof, manifest: await readFile(join(projectRoot, 'example', 'manifest.json'), 'utf8') }
      } finally {
        await openCheckpoints(server, 'people', cacheFolder).forgetAllBut([])
      }
    })
  })
}

function findingsOf({ phases }: Proof): readonly Finding[] {
  return phases.flatMap((phase) => (phase.outcome === 'failed' ? phase.findings : []))
}

describe('a migration that the masked snapshot lets pass and production does not', () => {
  it.for([
    [
      'an enum that loses a value',
      `CREATE TYPE "New" AS ENUM ('BUYER', 'ADMIN'); ALTER TABLE people ALTER kind TYPE "New" USING kind::text::"New"`,
      1,
    ],
    ['a unique expression', 'CREATE UNIQUE INDEX emails ON people (lower(email))', 1],
    ['a narrower text', 'ALTER TABLE people ALTER label TYPE varchar(40)', 1],
    ['a CHECK', `ALTER TABLE people ADD CONSTRAINT safe CHECK (site LIKE 'https://%')`, 1],
  ] as const)('%s: is found with the rows that production counted', async ([, sql, rows]) => {
    const { proof, manifest } = await captureAndProve(sql)
    const findings = findingsOf(proof)
    expect(findings, proof.limits.join('\n')).toMatchObject([
      { kind: 'precondition-unmet', rows, masked: [expect.any(String)] },
    ])
    expect(manifest).not.toMatch(/shop\.test|long|two\.test/)
    const [count] = (JSON.parse(manifest) as { preconditions: object[] }).preconditions
    expect(Object.keys(count ?? {})).toEqual(['sha256', 'rows'])
  })

  it('is no longer found once a statement before it mends the rows, and production was not asked that', async () => {
    const check = `ALTER TABLE people ADD CONSTRAINT safe CHECK (site LIKE 'https://%')`
    const mended = `UPDATE people SET site = replace(site, 'http://', 'https://') WHERE site LIKE 'http://%'; ${check}`
    const { proof } = await captureAndProve(check, mended)
    expect([proof.verdict, findingsOf(proof)]).toEqual(['proven', []])
    expect(proof.limits.join('\n')).toContain('Only the snapshot, not production, was asked')
    const again = await captureAndProve(mended)
    expect([again.proof.verdict, findingsOf(again.proof)]).toEqual(['proven', []])
    expect(again.proof.preconditions).toMatchObject([
      { kind: 'loses', production: { rows: 1 } },
      { kind: 'fails', snapshot: { rows: 0 }, production: { rows: 0 } },
    ])
  })
})

describe('a migration that fails on masked values only', () => {
  it.for([
    ['a unique key', 'ALTER TABLE people ADD UNIQUE (code)', 'public.people.code (constant)'],
    ['a required column', 'ALTER TABLE people ALTER kind SET NOT NULL', 'public.people.kind (null)'],
  ] as const)(
    '%s: says that the column is masked, and that production has no such row',
    async ([, sql, column]) => {
      const { proof } = await captureAndProve(sql)
      const [finding] = findingsOf(proof)
      expect(finding).toMatchObject({
        kind: 'migration-failed',
        masked: { columns: [column], productionRows: 0 },
      })
      const text = finding === undefined ? '' : describeFinding(finding).join('\n')
      expect(text).toContain(`masked: ${column}; not production's value`)
      expect(text).not.toContain('Mend migrations')
    },
  )
})

describe('the limits', () => {
  it('name statement and column where masked values are read and production was not asked', async () => {
    const { proof } = await captureAndProve('SELECT 1', `UPDATE people SET label = upper(email)`)
    expect(proof.limits.join('\n')).toMatch(
      /Phase 1 reads or constrains columns whose values a mask replaced.*change\/migration\.sql:1 UPDATE people SET label.*public\.people\.email \(email\)/,
    )
  })
})

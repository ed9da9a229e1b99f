import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, inject, it } from 'vitest'
import { sealManifest } from '../../../harness/ground/snapshot-format/seal-manifest.ts'
import { silentProgress as progress } from '../../../harness/model/ports.ts'
import type { SnapshotManifest } from '../../../harness/model/snapshot.ts'
import { loadSnapshot } from '../../../harness/snapshot/load-snapshot.ts'
import { withTemporaryFolder } from '../../../harness/testing/example-source.ts'
import { query, withTestDatabase } from '../../../harness/testing/with-test-database.ts'
import { captureProduction } from './capture-production.ts'
import { readRecordedMigrations } from './history.ts'
import { ANEW, listDifferences } from './list-differences.ts'

const ROOT = join(import.meta.dirname, '../../..')
const migrations = await readRecordedMigrations(join(ROOT, 'migrations/tcc'))
const FOLDER = join(ROOT, 'snapshots/tcc-production')
// Not verified: that its policy was edited since is for the first test to tell, and what to do about it.
const committed: SnapshotManifest = JSON.parse(await readFile(join(FOLDER, 'manifest.json'), 'utf8'))

/** What must come through the masks: who belongs to whom, how long things took, what is missing. */
const MEANING = `
  SELECT (SELECT count(*)::int FROM trips JOIN center_users ON center_users.id = "assignedTo") AS "assignedToSomebody",
         (SELECT count(*)::int FROM trips WHERE "assignedAgencyId" NOT IN (SELECT id FROM ems_agencies)) AS "ofGoneAgencies",
         (SELECT count(*)::int FROM trips JOIN units ON units.id = "assignedUnitId") AS "withUnit",
         (SELECT count(*)::int FROM trips JOIN ems_agencies a ON a.id = ANY ("selectedAgencies")) AS "selections",
         (SELECT count(*)::int FROM trips WHERE "fromLocation" IN (SELECT name FROM hospitals)) AS "fromHospitals",
         (SELECT count(*)::int FROM trips WHERE "toLocation" IN (SELECT name FROM facilities)) AS "toFacilities",
         (SELECT sum("actualEndTime" - "transferRequestTime")::text FROM trips) AS "onTheWay",
         (SELECT count(*)::int FROM system_analytics JOIN center_users u ON u.id = "userId" WHERE timestamp > u."createdAt") AS "noticesAfterHiring",
         (SELECT count(*)::int FROM hospitals WHERE (coordinates ->> 'lat')::float8 = latitude) AS "samePoint",
         (SELECT count(*)::int FROM ems_agencies WHERE "addedAt" IS NULL) AS "withoutAddedAt",
         (SELECT array_agg(migration_name ORDER BY started_at, migration_name) FROM _prisma_migrations) AS "history"`

describe('the snapshot of production', () => {
  it(`is committed as it is captured from raw production by its policy (${ANEW})`, async () => {
    await withTestDatabase(inject('postgresUrl'), (url) =>
      withTemporaryFolder(async (snapshots) => {
        const captured = await captureProduction({ url, snapshots, migrations, progress })
        // Nothing else may tell the server: these tests run on others too than the one that it was committed from.
        const { postgres, conditions } = committed
        const { text } = sealManifest({ ...captured.manifest, postgres, ...(conditions && { conditions }) })
        await writeFile(join(captured.folder, 'manifest.json'), text)
        expect(await listDifferences(FOLDER, captured.folder), ANEW).toEqual([])

        const raw = await query(url, MEANING)
        await withTestDatabase(inject('postgresUrl'), async (masked) => {
          await loadSnapshot(captured, masked, { progress })
          expect(await query(masked, MEANING)).toEqual(raw)
        })
      }),
    )
  })

  it('is of the PostgreSQL that production runs, and names no build of the harness', () => {
    expect(committed.postgres).toEqual({ version: expect.stringMatching(/^17\./), major: 17 })
    expect(committed.sanitised.by).toMatch(/^phaseproof \d+\.\d+\.\d+ snapshot capture$/)
  })

  it('was changed in every value of every column whose rule hides it', () => {
    const stays = ['keep', 'enum', 'json']
    const hidden = committed.policy?.columns.filter(({ rule }) => !stays.includes(rule)) ?? []
    expect(hidden.length).toBeGreaterThan(60)
    const unchanged = hidden
      .filter(({ values, changed }) => changed < values)
      .map(({ table, column, values, changed }) => [`${table}.${column}`, values - changed])
    expect(Object.fromEntries(unchanged)).toEqual({
      // The known logins.
      'center_users.email': 4,
      // Empty lists and texts.
      'ems_agencies.serviceArea': 60,
      'trips.selectedAgencies': 440,
      'trips.notes': 53,
      // The constant is 80, and some weigh as much.
      'trips.patientWeight': 5,
    })
  })
})

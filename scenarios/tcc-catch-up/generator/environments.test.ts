import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readSnapshot } from '../../../harness/snapshot/read-snapshot.ts'
import { assertSanitised } from '../../../harness/stories/assert-sanitised.ts'
import { withTemporaryFolder } from '../../../harness/testing/example-source.ts'
import { COMPLETE, ENVIRONMENTS, PRODUCTION } from './environments.ts'
import { readRecordedMigrations } from './history.ts'
import { KNOWN_LOGINS } from './known-logins.ts'
import { ANEW, listDifferences } from './list-differences.ts'
import type { Row } from './row.ts'
import { writeEnvironment } from './write-environment.ts'

const ROOT = join(import.meta.dirname, '../../..')
const migrations = await readRecordedMigrations(join(ROOT, 'migrations/tcc'))
const production = { tables: PRODUCTION.toTables(migrations) }
const complete = COMPLETE.map(({ name, toTables }) => ({ name, tables: toTables(migrations) }))

/** Rows of a table for which all the given columns have the given values. */
function rowsOf(
  environment: { tables: Readonly<Record<string, readonly Row[]>> },
  table: string,
  like: Row = {},
) {
  const rows = environment.tables[table] ?? []
  return rows.filter((row) => Object.entries(like).every(([column, value]) => row[column] === value))
}

describe.each(ENVIRONMENTS)('$name', ({ name }) => {
  const folder = join(ROOT, 'snapshots', name)

  it(`is committed whole and unchanged, and shows that nobody is in it (${ANEW})`, async () => {
    const snapshot = await readSnapshot(folder)
    expect(snapshot.manifest.name).toBe(name)
    await assertSanitised(snapshot)
  })

  it('holds no address or telephone number that could be somebody’s', async () => {
    const files = await readdir(join(folder, 'data'))
    for (const file of files) {
      const text = await readFile(join(folder, 'data', file), 'utf8')
      const domains = new Set([...text.matchAll(/@([\w.-]+)/g)].map(([, domain]) => domain))
      expect(
        [...domains].filter((domain) => !/^(tcc\.)?example\.invalid$/.test(domain as string)),
        file,
      ).toEqual([])
      const numbers = [...text.matchAll(/\d{3}\)?[ -]\d{3}[ -]\d{4}\b/g)].map(([number]) => number)
      expect(
        numbers.filter((number) => !/555[ -]01\d\d$/.test(number)),
        file,
      ).toEqual([])
    }
  })
})

it.each(COMPLETE)(`$name is committed as the generator makes it (${ANEW})`, async (environment) => {
  await withTemporaryFolder(async (parent) => {
    const { folder } = await writeEnvironment(environment, parent, migrations)
    expect(await listDifferences(join(ROOT, 'snapshots', environment.name), folder), ANEW).toEqual([])
  })
})

describe('raw production', () => {
  const values = (column: string) =>
    Object.values(production.tables)
      .flatMap((rows) => rows.map((row) => row[column]))
      .filter((value) => value !== undefined && value !== null)

  it.each([
    ['e-mail addresses that nobody can register', 'email', /^[\w.-]+@[\w-]+\.example$/],
    [
      'telephone numbers of area codes that no place has',
      'phone',
      /^(\+1 |\()?[2-9]9\d\D{1,2}[6-9]\d\d\D\d{4}/,
    ],
    ['ZIP codes that no post office has', 'zipCode', /^69[4-9]\d\d(-\d{4})?$/],
    ['hashes of no known password', 'password', /^\$2b\$10\$[./A-Za-z0-9]{53}$/],
    ['latitudes that no mask leaves', 'latitude', /^4[2-6](\.\d+)?$/],
    ['longitudes that no mask leaves', 'longitude', /^-14[2-8](\.\d+)?$/],
  ])('has %s', (_claim, column, form) => {
    const logins: readonly unknown[] = Object.values(KNOWN_LOGINS.center)
    const others = values(column).filter((value) => !logins.includes(value))
    expect(others.length).toBeGreaterThan(200)
    expect(others.filter((value) => !form.test(String(value)))).toEqual([])
  })

  it('has notes that name somebody and a telephone number', () => {
    const calls = values('notes').filter((note) =>
      /Call \p{L}+ [\p{L}'-]+ at .{12,22} first\.$/u.test(String(note)),
    )
    expect(calls.length).toBeGreaterThan(200)
  })
})

describe('production on 6 January 2026', () => {
  it('has the rows the scenario counts on', () => {
    const counts = Object.fromEntries(
      Object.entries(production.tables).map(([name, rows]) => [name, rows.length]),
    )
    expect(counts).toEqual({
      _prisma_migrations: 5,
      center_users: 300,
      ems_agencies: 250,
      facilities: 600,
      hospitals: 400,
      system_analytics: 1500,
      trips: 2500,
      units: 900,
    })
  })

  it('records two migrations that ran, one that somebody wrote down, two that were only marked', () => {
    const history = rowsOf(production, '_prisma_migrations').map((row) => ({
      name: row.migration_name,
      steps: row.applied_steps_count,
      logs: row.logs,
      took: Number(row.finished_at as Date) - Number(row.started_at as Date) > 0,
    }))
    const executed = { steps: 1, logs: null, took: true }
    const marked = { steps: 0, logs: '', took: false }
    expect(history).toEqual([
      { name: '20250908204607_enhanced_trip_schema', ...executed },
      { name: '20250909152957_enhance_unit_model', ...executed },
      { name: '20250917170718_add_insurance_company_column', ...executed },
      { name: '20250917170740_add_pricing_models', ...marked },
      { name: '20251204130000_add_ems_agency_availability_status', ...marked },
    ])
  })

  it('lacks addedAt in some agencies and has it in most', () => {
    const gaps = rowsOf(production, 'ems_agencies', { addedAt: null }).length
    expect(gaps).toBeGreaterThan(10)
    expect(gaps).toBeLessThan(100)
  })

  it('numbers no two units of an agency alike', () => {
    const numbers = rowsOf(production, 'units').map((unit) => `${unit.agencyId}/${unit.unitNumber}`)
    expect(new Set(numbers).size).toBe(numbers.length)
  })

  it('has administrators and users, active and inactive', () => {
    for (const userType of ['ADMIN', 'USER']) {
      for (const isActive of [true, false]) {
        expect(
          rowsOf(production, 'center_users', { userType, isActive }).length,
          `${userType} ${isActive}`,
        ).toBeGreaterThan(0)
      }
    }
    expect(
      rowsOf(production, 'center_users', {
        email: KNOWN_LOGINS.center.admin,
        userType: 'ADMIN',
        isActive: true,
      }),
    ).toHaveLength(1)
  })

  it('has lists that are filled, empty and null, notes with line ends, tabs and backslashes, and years of age', () => {
    const trips = rowsOf(production, 'trips')
    const lists = trips.map((trip) => trip.selectedAgencies as readonly string[] | null)
    expect(lists.some((list) => list === null)).toBe(true)
    expect(lists.some((list) => list?.length === 0)).toBe(true)
    expect(lists.some((list) => (list?.length ?? 0) > 1)).toBe(true)
    for (const piece of ['\n', '\t', '\\', '🚧']) {
      expect(
        trips.some((trip) => String(trip.notes).includes(piece)),
        JSON.stringify(piece),
      ).toBe(true)
    }
    expect(trips.some((trip) => String(trip.notes).length > 1000)).toBe(true)
    expect(trips.some((trip) => String(trip.createdAt).startsWith('2019'))).toBe(true)
  })
})

describe.each(complete)('$name', (environment) => {
  it('records every migration of the folder as run', () => {
    const names = rowsOf(environment, '_prisma_migrations', { applied_steps_count: 1 }).map(
      (row) => row.migration_name,
    )
    expect(names).toEqual(migrations.map((migration) => migration.name))
  })

  const { center, healthcare, ems } = KNOWN_LOGINS
  const accounts: readonly [claim: string, table: string, like: Row][] = [
    [
      'an active administrator',
      'center_users',
      { email: center.admin, userType: 'ADMIN', isActive: true, isDeleted: false },
    ],
    [
      'an active user of the center',
      'center_users',
      { email: center.user, userType: 'USER', isActive: true, isDeleted: false },
    ],
    [
      'an inactive user of the center',
      'center_users',
      { email: center.inactive, isActive: false, isDeleted: false },
    ],
    ['a deleted user of the center', 'center_users', { email: center.deleted, isDeleted: true }],
    [
      'an active healthcare user',
      'healthcare_users',
      { email: healthcare.active, isActive: true, isSubUser: false, isDeleted: false },
    ],
    [
      'an active healthcare sub-user',
      'healthcare_users',
      { email: healthcare.sub, isActive: true, isSubUser: true, isDeleted: false },
    ],
    [
      'an inactive healthcare user',
      'healthcare_users',
      { email: healthcare.inactive, isActive: false, isDeleted: false },
    ],
    ['a deleted healthcare user', 'healthcare_users', { email: healthcare.deleted, isDeleted: true }],
    [
      'an active EMS user',
      'ems_users',
      { email: ems.active, isActive: true, isSubUser: false, isDeleted: false },
    ],
    [
      'an active EMS sub-user',
      'ems_users',
      { email: ems.sub, isActive: true, isSubUser: true, isDeleted: false },
    ],
    ['an inactive EMS user', 'ems_users', { email: ems.inactive, isActive: false, isDeleted: false }],
    ['a deleted EMS user', 'ems_users', { email: ems.deleted, isDeleted: true }],
    [
      'an EMS user without agency',
      'ems_users',
      { email: ems.withoutAgency, agencyId: null, isActive: true, isDeleted: false },
    ],
  ]
  it.each(accounts)('has %s to log in with', (_claim, table, like) => {
    expect(rowsOf(environment, table, like)).toHaveLength(1)
  })

  it('has sub-users of the known users', () => {
    for (const [table, parent, sub] of [
      ['healthcare_users', healthcare.active, healthcare.sub],
      ['ems_users', ems.active, ems.sub],
    ] as const) {
      const parentUserId = rowsOf(environment, table, { email: parent })[0]?.id as string
      expect(rowsOf(environment, table, { email: sub, parentUserId })).toHaveLength(1)
    }
  })

  it('has an agency without user', () => {
    const employers = new Set(rowsOf(environment, 'ems_users').map((user) => user.agencyId))
    expect(
      rowsOf(environment, 'ems_agencies').filter((agency) => !employers.has(agency.id as string)),
    ).not.toEqual([])
  })

  it('has a response of an agency that is not there', () => {
    const agencies = new Set(rowsOf(environment, 'ems_agencies').map((agency) => agency.id))
    expect(rowsOf(environment, 'agency_responses').some((row) => !agencies.has(row.agencyId as string))).toBe(
      true,
    )
  })

  it('has dropdown options that are tied to no list', () => {
    expect(rowsOf(environment, 'dropdown_options', { categoryId: null })).not.toEqual([])
  })

  it('has pickup locations at hospitals and at healthcare locations', () => {
    for (const table of ['hospitals', 'healthcare_locations']) {
      const ids = new Set(rowsOf(environment, table).map((row) => row.id))
      expect(
        rowsOf(environment, 'pickup_locations').some((row) => ids.has(row.hospitalId as string)),
        table,
      ).toBe(true)
    }
  })
})

import { describe, expect, it } from 'vitest'
import { proposePhases } from './propose-phases.ts'
import { readTouches } from './read-touches.ts'

async function plan(files: Readonly<Record<string, string>>, earlier: Readonly<Record<string, string>> = {}) {
  return proposePhases(await readTouches(toMigrations(files), toMigrations(earlier)))
}

function toMigrations(files: Readonly<Record<string, string>>) {
  return Object.entries(files).map(([name, sql]) => ({
    name,
    sql,
    file: `${name}/migration.sql`,
    checksum: '',
    checksumOtherLineEndings: '',
  }))
}

describe('proposed phases', () => {
  it('put together what touches one table, and after it what refers to it', async () => {
    const phases = await plan({
      '1_units': 'CREATE TABLE units (id int PRIMARY KEY, agency_id int REFERENCES agencies (id));',
      '2_agencies': 'CREATE TABLE agencies (id int PRIMARY KEY);',
      '3_unit_status': '-- a status\nALTER TABLE units ADD COLUMN status text;',
    })
    expect(phases).toMatchObject([
      { id: 1, name: '01-agencies', migrations: ['2_agencies'], dependsOn: [], risk: 'low' },
      {
        id: 2,
        name: '02-units',
        migrations: ['1_units', '3_unit_status'],
        dependsOn: [1],
        changes: ['units'],
      },
    ])
    expect(phases[1]?.why).toEqual([
      'all of them are about units',
      'after phase 1: 1_units line 1 needs agencies, which 2_agencies creates',
    ])
  })

  it('keep two tables apart that one migration changes together', async () => {
    const phases = await plan({
      '1_a': 'CREATE TABLE a (id int PRIMARY KEY);',
      '2_b': 'CREATE TABLE b (id int PRIMARY KEY);',
      '3_both': 'ALTER TABLE a ADD COLUMN x int; ALTER TABLE b ADD COLUMN x int;',
      '4_b_again': 'ALTER TABLE b ADD COLUMN y int;',
      '5_a_again': 'ALTER TABLE a ADD COLUMN y int;',
    })
    expect(phases.map(({ migrations }) => migrations)).toEqual([
      ['1_a'],
      ['2_b'],
      ['3_both', '5_a_again'],
      ['4_b_again'],
    ])
  })

  it('give a reason for an order that nothing but the folder asks for', async () => {
    const phases = await plan({
      '1_a': 'ALTER TABLE a ADD COLUMN y int;',
      '2_b': 'CREATE TABLE b (id int PRIMARY KEY);',
      '3_c': 'CREATE TABLE c (id int PRIMARY KEY, b int REFERENCES b (id)); ALTER TABLE a ADD COLUMN x int;',
    })
    expect(phases.map(({ dependsOn, dependsBecause }) => [dependsOn, dependsBecause])).toEqual([
      [[], {}],
      [[], {}],
      [[1, 2], { 1: '3_c changes a as 1_a left it' }],
    ])
  })

  it('say so where no order helps', async () => {
    const phases = await plan({
      '1_a': 'CREATE TABLE a (id int PRIMARY KEY, b_id int REFERENCES b (id));',
      '2_b': 'CREATE TABLE b (id int PRIMARY KEY, a_id int REFERENCES a (id));',
    })
    expect(phases.flatMap(({ why }) => why)).toContain(
      'no order helps: 1_a line 1 needs b, which 2_b creates later',
    )
  })

  it.for([
    ['a foreign key added later', 'ALTER TABLE legs ADD CONSTRAINT f FOREIGN KEY (t) REFERENCES trips (id);'],
    ['rows copied from a table', 'INSERT INTO legs SELECT id FROM trips;'],
    ['a view', 'CREATE VIEW open_legs AS SELECT * FROM trips;'],
    ['a block', `DO $$ BEGIN\n  UPDATE legs SET t = 1 WHERE id IN (SELECT id FROM trips);\nEND $$;`],
    ['a quoted name in public', 'ALTER TABLE legs ADD COLUMN n int REFERENCES "public"."trips" (id);'],
  ])('follow %s', async ([, sql = '']) => {
    const phases = await plan({ '1_legs': sql, '2_trips': 'CREATE TABLE trips (id int PRIMARY KEY);' })
    expect(phases.map(({ migrations }) => migrations)).toEqual([['2_trips'], ['1_legs']])
  })

  it('follow a type', async () => {
    const phases = await plan({
      '1_trips': 'CREATE TABLE trips (id int, status trip_status);',
      '2_status': `CREATE TYPE trip_status AS ENUM ('open');`,
    })
    expect(phases.map(({ name }) => name)).toEqual(['01-trip-status', '02-trips'])
  })

  it('make one phase of the tables that nothing else has to do with', async () => {
    const phases = await plan({
      '1_a': 'CREATE TABLE a (id int);',
      '2_b': 'CREATE TABLE b (id int);',
      '3_c': 'ALTER TABLE c ADD COLUMN x int;',
    })
    expect(phases.map(({ name, migrations }) => [name, migrations])).toEqual([
      ['01-independent', ['1_a', '2_b']],
      ['02-c', ['3_c']],
    ])
  })

  it('tell the risk: creating is low, altering what is there medium, dropping and the unreadable high', async () => {
    const phases = await plan({
      '1_new': 'CREATE TABLE a (id int);',
      '2_alter': 'ALTER TABLE b ADD COLUMN x int;',
      '3_drop': 'DROP TABLE c;',
      '4_odd': 'this is no SQL',
    })
    expect(phases.map(({ risk }) => risk)).toEqual(['low', 'medium', 'high', 'high'])
    expect(phases[2]?.drops).toEqual(['c'])
    expect(phases[3]?.why).toEqual(['could not be parsed, so a person has to place it: 4_odd'])
  })

  it('use the value of an enum only where it was added before', async () => {
    const phases = await plan({
      '1_orders': `CREATE TYPE state AS ENUM ('open'); CREATE TABLE orders (id int, state state);`,
      '2_note': 'ALTER TABLE orders ADD COLUMN note text;',
      '3_done': `ALTER TYPE state ADD VALUE 'done';`,
      '4_use': `UPDATE orders SET state = 'done' WHERE id < 5;`,
    })
    const order = phases.flatMap(({ migrations }) => migrations)
    expect(order.indexOf('4_use')).toBeGreaterThan(order.indexOf('3_done'))
  })

  it('bring the value of an enum before a file that casts to it, whatever the order of the folder', async () => {
    const phases = await plan({
      '1_use': `ALTER TABLE orders ALTER COLUMN state SET DEFAULT 'done'::state;`,
      '2_done': `ALTER TYPE state ADD VALUE 'done';`,
      '3_other': `INSERT INTO words VALUES ('done');`,
    })
    expect(phases.flatMap(({ migrations }) => migrations)).toEqual(['2_done', '1_use', '3_other'])
    expect(phases[1]?.why).toContain(`after phase 1: 1_use line 1 uses 'done', which 2_done adds to state`)
  })

  it('name under drops what goes, as a phase has to write it, and nothing that comes back or was only passing', async () => {
    const phases = await plan(
      {
        '1_passing': 'CREATE INDEX legs_u ON legs (u); DROP INDEX legs_u;',
        '2_columns': 'ALTER TABLE legs DROP COLUMN old, DROP COLUMN twice, DROP CONSTRAINT legs_check;',
        '3_again': 'ALTER TABLE legs ADD COLUMN twice text;',
        '4_parts': `DROP INDEX legs_t; DROP INDEX "elsewhere"; DROP TRIGGER touch ON legs; DROP POLICY mine ON audit.legs;`,
        '5_kind': `CREATE TYPE kind_new AS ENUM ('a'); ALTER TABLE legs ALTER kind TYPE kind_new USING kind::text::kind_new; ALTER TYPE kind RENAME TO kind_old; ALTER TYPE kind_new RENAME TO kind; DROP TYPE kind_old;`,
      },
      { '0_legs': 'CREATE INDEX legs_t ON legs (t);' },
    )
    expect(phases.flatMap(({ drops }) => drops).sort()).toEqual([
      'audit.legs.mine',
      'legs.legs_check',
      'legs.legs_t',
      'legs.old',
      'legs.touch',
    ])
    expect([...new Set(phases.flatMap(({ changes }) => changes))].sort()).toEqual([
      'audit.legs',
      'kind',
      'legs',
    ])
    expect(phases.every(({ risk }) => risk !== 'low')).toBe(true)
    expect(phases.flatMap(({ why }) => why)).toContain(
      'drops elsewhere, an index that none of the files creates: add it to drops behind the name of its table',
    )
  })
})

import { describe, expect, it } from 'vitest'
import type { MigrationVerdict } from '../../model/history-audit.ts'
import type { SchemaModel, TableModel } from '../../model/schema-model.ts'
import { listCollisions, listNeeds, readPending } from './list-obstacles.ts'

const trips: TableModel = {
  namespace: 'public',
  name: 'trips',
  columns: ['id', 'note'].map((name) => ({
    name,
    type: 'text',
    nullable: true,
    default: null,
    generated: null,
    collation: null,
  })),
  constraints: [],
  indexes: [
    {
      name: 'trips_note_idx',
      method: 'btree',
      keys: ['note'],
      bareKeys: ['note'],
      include: [],
      unique: false,
      nullsNotDistinct: false,
      parameters: [],
      primary: false,
      where: null,
      valid: true,
      ready: true,
      definition: '',
    },
  ],
  triggers: [],
  policies: [],
  persistence: 'permanent',
  rowSecurity: false,
  properties: [],
}
const schema: SchemaModel = {
  tables: [trips],
  enums: [{ namespace: 'public', name: 'State', values: ['OPEN'] }],
  sequences: [],
  views: [],
  functions: [],
  extensions: [],
  objects: [],
}
const read = (...files: string[]) =>
  readPending(
    files.map((sql, position) => ({
      phase: position + 1,
      isRun: true,
      migration: {
        name: `m${position + 1}`,
        file: `m${position + 1}.sql`,
        sql,
        checksum: '',
        checksumOtherLineEndings: '',
      },
    })),
    'public',
  )
const collisions = async (...files: string[]) =>
  listCollisions(await read(...files), schema).map(({ object, place }) => `${object} at ${place}`)

describe('a statement that makes what is there', () => {
  it.each([
    ['CREATE TABLE trips ();', 'table trips'],
    ['CREATE VIEW trips AS SELECT 1;', 'view trips'],
    ['ALTER TABLE trips ADD COLUMN id text, ADD COLUMN note text;', 'column trips.id'],
    ['CREATE INDEX trips_note_idx ON trips (id);', 'index trips_note_idx'],
    [`CREATE TYPE "State" AS ENUM ('x');`, 'type State'],
    [`ALTER TYPE "State" ADD VALUE 'OPEN';`, 'enum value State.OPEN'],
  ])('is an obstacle: %s', async (sql, object) => {
    expect((await collisions(`SELECT 1;\n${sql}`))[0]).toBe(`${object} at m1.sql:2`)
  })

  it.each([
    'CREATE TABLE IF NOT EXISTS trips ();',
    'CREATE OR REPLACE VIEW trips AS SELECT 1;',
    'ALTER TABLE trips ADD COLUMN IF NOT EXISTS note text;',
    'CREATE TEMPORARY TABLE trips ();',
    'CREATE TABLE audit.trips ();',
    'ALTER TABLE trips ADD COLUMN remark text;',
    'SET search_path = audit; CREATE TABLE trips ();',
    'DO $$ BEGIN CREATE TABLE trips (); EXCEPTION WHEN OTHERS THEN NULL; END $$;',
    'DROP TABLE trips; CREATE TABLE trips (note text); CREATE INDEX trips_note_idx ON trips (note);',
    'ALTER TABLE trips RENAME TO tours; CREATE TABLE trips ();',
    'ALTER TABLE trips DROP COLUMN note; ALTER TABLE trips ADD COLUMN note int; CREATE INDEX trips_note_idx ON trips (note);',
    'DO $$ BEGIN DROP TABLE trips; END $$; CREATE TABLE trips ();',
  ])('is none where nothing stands in its way: %s', async (sql) => {
    expect(await collisions(sql)).toEqual([])
  })

  it('is none once an earlier phase removed it, and each of all phases is told', async () => {
    expect(await collisions('DROP TABLE trips;', 'CREATE TABLE trips ();')).toEqual([])
    expect(await collisions('CREATE TABLE trips ();', 'ALTER TABLE trips ADD COLUMN note text;')).toEqual([
      'table trips at m1.sql:1',
      'column trips.note at m2.sql:1',
    ])
  })
})

describe('a statement that needs what a recorded migration never made', () => {
  const lacking = (...keys: string[]): MigrationVerdict => ({
    migration: 'm0',
    phase: null,
    verdict: 'effects-absent',
    evidence: [],
    present: 0,
    looked: keys.length,
    absent: keys.map((key) => ({ key, name: key, expected: '', found: null })),
    declared: null,
    wayOut: null,
  })
  const points = lacking('table public.trips\u0000column points')
  const needs = async (verdict: MigrationVerdict, ...files: string[]) =>
    listNeeds(await read(...files), [verdict], schema, 'public').map(
      ({ object, place }) => `${object} at ${place}`,
    )

  it.each([
    'UPDATE trips SET note = id WHERE points > 1;',
    'CREATE INDEX i ON trips (points);',
    'ALTER TABLE trips ALTER COLUMN points SET NOT NULL;',
    'ALTER TABLE trips DROP COLUMN points;',
    'INSERT INTO trips (id, points) VALUES (1, 2);',
  ])('is an obstacle: %s', async (sql) => {
    expect(await needs(points, sql)).toEqual(['column trips.points at m1.sql:1'])
  })

  it.each([
    'ALTER TABLE trips ADD COLUMN points int; UPDATE trips SET points = 1;',
    'ALTER TABLE trips ADD COLUMN IF NOT EXISTS points int; CREATE INDEX i ON trips (points);',
    'ALTER TABLE trips DROP COLUMN IF EXISTS points;',
    'UPDATE tours SET points = 1;',
    'UPDATE trips SET note = id;',
  ])('is none where it is brought before, excused, or another one: %s', async (sql) => {
    expect(await needs(points, sql)).toEqual([])
  })

  it('names a missing table once, and not its columns', async () => {
    const tours = lacking('table public.tours', 'table public.tours\u0000column points')
    expect(await needs(tours, 'UPDATE tours SET points = 1;')).toEqual(['table tours at m1.sql:1'])
    expect(await needs(tours, 'CREATE TABLE tours (points int);', 'UPDATE tours SET points = 1;')).toEqual([])
    expect(await needs(tours, 'DROP TABLE IF EXISTS tours;')).toEqual([])
  })
})

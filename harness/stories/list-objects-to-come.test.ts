import { expect, it } from 'vitest'
import type { Migration } from '../model/history.ts'
import type { Phase, Scenario } from '../model/scenario.ts'
import type { SchemaModel } from '../model/schema-model.ts'
import { listObjectsToCome } from './list-objects-to-come.ts'

const toPhase = (id: number, ...migrations: string[]) => ({ id, migrations }) as unknown as Phase
const scenario = { phases: [toPhase(1, 'a'), toPhase(2, 'b'), toPhase(3, 'c')] } as unknown as Scenario
const toMigration = (name: string, sql: string) => ({ name, sql }) as unknown as Migration
const migrations = [
  toMigration('a', 'CREATE TABLE "early" ("id" int)'),
  toMigration(
    'b',
    `CREATE TABLE IF NOT EXISTS "trips" ("id" int);
     ALTER TABLE "trips" ADD COLUMN IF NOT EXISTS "number" text, ADD COLUMN "cost" numeric;
     CREATE INDEX "trips_cost_idx" ON "trips" ("cost")`,
  ),
  toMigration(
    'c',
    'DO $$ BEGIN CREATE TABLE audit.entries (); END $$; ALTER TABLE "trips" ADD COLUMN "note" text',
  ),
  toMigration('of no phase', 'CREATE TABLE "stray" ()'),
]
/** After phase 1: `trips` was there before the plan, with its number. */
const schema = {
  tables: [{ namespace: 'public', name: 'trips', columns: [{ name: 'id' }, { name: 'number' }] }],
} as unknown as SchemaModel
const shown = async (phase: number) =>
  (await listObjectsToCome(scenario, phase, schema, migrations)).map(({ table, column }) =>
    column === null ? table : `${table}.${column}`,
  )

it('lists what later phases bring and the schema lacks, not what is there already', async () => {
  expect(await shown(1)).toEqual(['trips.cost', 'audit.entries', 'trips.note'])
})

it('leaves out what this phase or an earlier one should have brought', async () => {
  expect(await shown(2)).toEqual(['audit.entries', 'trips.note'])
})

it('lists nothing after the last phase', async () => {
  expect(await shown(3)).toEqual([])
})

import { setTimeout as sleep } from 'node:timers/promises'
import { type Delta, diff, extract, type FactBase, type StableId } from '@supabase/pg-delta'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { inspectDatabase } from '../inspect/inspect-database.ts'
import type { SchemaModel } from '../model/schema-model.ts'
import { BEHAVIOUR, OPERATION } from '../testing/catalog-cases.ts'
import { type ChangedCopies, openChangedCopies } from '../testing/changed-copies.ts'
import { query } from '../testing/with-test-database.ts'
import { OVER_TIME, schemaDifferences } from './differences.ts'

/** What two observers that share no code read of one database. */
interface Observed {
  readonly ours: SchemaModel
  readonly theirs: FactBase
}

const tool = { historyTable: 'applied', fetchOtherHistories: async () => [], fetchHistory: async () => [] }
let copies: ChangedCopies
let before: Observed

async function observe(url: string): Promise<Observed> {
  const pool = new pg.Pool({ connectionString: url, max: 1 })
  try {
    const { factBase } = await extract(pool)
    return { ours: (await inspectDatabase(url, tool)).schema, theirs: factBase }
  } finally {
    await pool.end()
    await untilNobodyIsConnected(url)
  }
}

/** A pool has ended before its connections have: dropping the database could still reach one, to which nobody listens any more. */
async function untilNobodyIsConnected(url: string): Promise<void> {
  const database = new URL(url).pathname.slice(1)
  const sql = 'SELECT FROM pg_stat_activity WHERE datname = $1'
  while ((await query(inject('postgresUrl'), sql, [database])).length > 0) await sleep(5)
}

beforeAll(async () => {
  copies = await openChangedCopies()
  before = await copies.after('SELECT 1', observe)
})

afterAll(() => copies.close())

/** Names of the objects that a difference of theirs is about; roles belong to the server, and edges follow from what they join. */
function subjectOf(delta: Delta): string[] {
  if (delta.verb === 'link' || delta.verb === 'unlink') return []
  if (delta.verb === 'set') return isOfServer(delta.id) ? [] : [nameOf(delta.id)]
  const { id, parent } = delta.fact
  if (isOfServer(id)) return []
  return [nameOf(parent === undefined || parent.kind === 'schema' ? id : parent)]
}

function isOfServer(id: StableId): boolean {
  return id.kind === 'role' || id.kind === 'membership'
}

function nameOf(id: StableId): string {
  if ('target' in id && typeof id.target === 'object') return nameOf(id.target)
  if ('table' in id && typeof id.table === 'string') return id.table
  return 'name' in id ? id.name : id.kind
}

describe('what a second observer sees to have changed', () => {
  it('is nothing where nothing changed', async () => {
    const after = await copies.after('SELECT 1', observe)
    expect(diff(before.theirs, after.theirs).flatMap(subjectOf)).toEqual([])
  })

  // What an extension brings is told as the extension.
  const cases = [...BEHAVIOUR, ...OPERATION].filter(([sql]) => !sql.includes(' EXTENSION '))

  it.concurrent.for(cases)('is told by us as well: %s', async ([sql]) => {
    const after = await copies.after(sql, observe)
    const told = schemaDifferences(before.ours, after.ours, OVER_TIME).join('\n')
    for (const name of diff(before.theirs, after.theirs).flatMap(subjectOf)) {
      // Rights that are set for what will be made have no name.
      if (name !== 'defaultPrivilege') expect(told).toContain(name)
    }
  })
})

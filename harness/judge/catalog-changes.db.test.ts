import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type DatabaseState, inspectDatabase } from '../inspect/inspect-database.ts'
import { withDatabase } from '../inspect/with-database.ts'
import type { PhaseEvidence } from '../model/checkpoint.ts'
import type { MigrationHistory } from '../model/tool.ts'
import { BEHAVIOUR, EVERY_KIND, OPERATION } from '../testing/catalog-cases.ts'
import { type ChangedCopies, openChangedCopies } from '../testing/changed-copies.ts'
import { withTestDatabase } from '../testing/with-test-database.ts'
import { nothingElseChanged } from './checks/nothing-else-changed.ts'
import { describeOperations } from './describe-operations.ts'
import { schemaDifferences } from './differences.ts'

const tool: MigrationHistory = {
  historyTable: 'applied',
  fetchOtherHistories: async () => [],
  fetchHistory: async () => [],
}
let copies: ChangedCopies
let base: DatabaseState

beforeAll(async () => {
  copies = await openChangedCopies()
  base = await stateAfter('SELECT 1')
})

afterAll(() => copies.close())

/** The state of a copy of the database after some SQL. */
function stateAfter(sql: string): Promise<DatabaseState> {
  return copies.after(sql, (url) => inspectDatabase(url, tool))
}

function toEvidence(after: DatabaseState): PhaseEvidence {
  const checkpoint = (state: DatabaseState) => ({
    key: '',
    database: '',
    content: { tables: [], changes: [] },
    ...state,
  })
  const replay = { applied: [], failure: null, durationMs: 0 }
  const rest = { phase: 1, migrations: [], missingDependency: null, probes: [], references: {} }
  const states = { before: checkpoint(base), after: checkpoint(after) }
  return { ...rest, ...states, replay } as unknown as PhaseEvidence
}

function changesIn(after: DatabaseState, changes: string[] = [], operations: 'told' | 'counted' = 'told') {
  const found = nothingElseChanged.judge(
    { kind: 'nothing-else-changed', changes, operations },
    toEvidence(after),
  )
  return found.flatMap((finding) =>
    finding.kind === 'changed-outside-phase'
      ? [{ name: finding.table, text: finding.differences.join('; ') }]
      : [],
  )
}

describe('a change of anything in the database', () => {
  it.concurrent.for(BEHAVIOUR)('%s', async ([sql, name, says]) => {
    const { admin, role } = copies
    const after = await stateAfter(sql)
    const expected = {
      name: name.replaceAll('ADMIN', admin),
      says: says.replaceAll('ADMIN', admin).replaceAll('ROLE_A', role),
    }
    const found = changesIn(after)
    expect(found.map((entry) => entry.name)).toContain(expected.name)
    expect(found.find((entry) => entry.name === expected.name)?.text).toContain(expected.says)
    // The name that the finding prints is the one to write.
    expect(
      changesIn(
        after,
        found.map((entry) => entry.name),
      ),
    ).toEqual([])
  })
})

describe('a change that only operations notice', () => {
  const scenario = { phases: [{ id: 1, changes: [] }] } as unknown as Parameters<typeof describeOperations>[0]

  it.concurrent.for(OPERATION)('%s', async ([sql, name, says]) => {
    const after = await stateAfter(sql)
    expect(changesIn(after)).toEqual([])
    expect(changesIn(after, [], 'counted')).toEqual([{ name, text: expect.stringContaining(says) }])
    expect(changesIn(after, [name], 'counted')).toEqual([])
    const [limit] = describeOperations(scenario, [toEvidence(after)])
    expect(limit).toContain(`${name} (`)
    expect(limit).toContain(says)
    expect(describeOperations({ ...scenario, operations: 'counted' }, [toEvidence(after)])).toEqual([])
  })
})

describe('no change', () => {
  it('is found in a copy', async () => {
    const after = await stateAfter('SELECT 1')
    expect(changesIn(after, [], 'counted')).toEqual([])
    expect(after.schema).toEqual(base.schema)
  })

  it('is found in what vacuum, analyze, reindex and a new list of equal rights leave', async () => {
    const after = await stateAfter(
      'REINDEX TABLE users; ANALYZE; GRANT EXECUTE ON FUNCTION f() TO PUBLIC; GRANT ALL ON audit TO CURRENT_USER; REVOKE SELECT ON audit FROM PUBLIC',
    )
    expect(changesIn(after, [], 'counted')).toEqual([])
  })

  it('is found in a database that was made by the same statements', async () => {
    await withTestDatabase(inject('postgresUrl'), async (url) => {
      await withDatabase(url, (client) => client.query(EVERY_KIND))
      const { schema } = await inspectDatabase(url, tool)
      expect(schemaDifferences(base.schema, schema)).toEqual([])
    })
  })

  it('is found where a named table explains it: its partitions, and its sequences moving forwards', async () => {
    const after = await stateAfter(
      `ALTER TABLE parts ADD COLUMN more int; INSERT INTO users (email) VALUES ('a@example.test'), ('b@example.test')`,
    )
    expect(changesIn(after, ['parts', 'users'])).toEqual([])
    expect(changesIn(after).map(({ name }) => name)).toEqual(['parts', 'parts_1', 'users_id_seq'])
  })

  it('is excused by a named table whose sequence moves backwards', async () => {
    const after = await stateAfter(
      `ALTER SEQUENCE users_id_seq MINVALUE -9; SELECT setval('users_id_seq', -5)`,
    )
    expect(changesIn(after, ['users'])).toEqual([
      { name: 'users_id_seq', text: 'next value of the sequence: was 1, is -4' },
    ])
  })
})

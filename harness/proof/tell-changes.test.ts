import { expect, it } from 'vitest'
import { makeReportExample } from '../testing/report-example.ts'
import { countRowsGone, tellChange, toLongest, toPhaseChanges } from './tell-changes.ts'

const { proof, states, scenario } = makeReportExample({ phases: 2, tables: 6, endpoints: 3 })

it('tells tables, rows, rewrites, waits and endpoints of a phase in sentences', () => {
  const [first] = toPhaseChanges(proof, states, scenario)
  expect(first && tellChange(first)).toEqual([
    'Makes 3 tables: t3, t4, t5.',
    'Changes 1 table: t0 (adds 1 column, removes 1 column).',
    'Beside tables: enum e is changed.',
    'Inserts, updates or deletes 5 rows.',
    'Reads and writes of t0 wait for 12 ms, the longest of this phase.',
    '1 endpoint begins to work: GET /api/things1/{id}.',
  ])
})

it('says that it is not known what a phase does that was not replayed to its end', () => {
  const [first] = toPhaseChanges(proof, { ...states, phases: [] }, scenario)
  expect(first && tellChange(first)).toEqual([
    'It was not replayed to its end, so what it leads to is not known.',
  ])
})

it('tells rows that go with a dropped table', () => {
  const [last, ...rest] = [...states.phases].reverse()
  if (!last) throw new Error('The example has phases.')
  const tables = last.after.schema.tables.filter(({ name }) => name !== 't3')
  const { 'public.t3': _gone, ...rowCounts } = last.after.rowCounts
  const after = { ...last.after, schema: { ...last.after.schema, tables }, rowCounts }
  const changes = toPhaseChanges(
    proof,
    { ...states, phases: [...rest.reverse(), { ...last, after }] },
    scenario,
  )
  expect(changes[1] && tellChange(changes[1])).toContain('Drops 1 table: t3 with 21 rows.')
})

it('counts no row as gone that went on in a renamed table', () => {
  const [last, ...rest] = [...states.phases].reverse()
  if (!last) throw new Error('The example has phases.')
  const tables = last.after.schema.tables.map((one) => (one.name === 't3' ? { ...one, name: 'legs' } : one))
  const { 'public.t3': rows = 0, ...others } = last.after.rowCounts
  const after = {
    ...last.after,
    schema: { ...last.after.schema, tables },
    rowCounts: { ...others, 'public.legs': rows },
  }
  const renamed = { ...states, phases: [...rest.reverse(), { ...last, after }] }
  const phases = scenario.phases.map((phase) =>
    phase.id === 2 ? { ...phase, renames: [{ from: 't3', to: 'legs' }] } : phase,
  )
  expect(countRowsGone(toPhaseChanges(proof, renamed, { phases }))).toBe(0)
  expect(countRowsGone(toPhaseChanges(proof, renamed, scenario))).toBe(21)
})

it('says that an endpoint stops working that worked before', () => {
  const endpoints = proof.endpoints?.map((row) => ({
    ...row,
    cells: row.cells.map((cell) =>
      cell.phase === 2 ? { ...cell, status: 500, outcome: 'failed' as const } : cell,
    ),
  }))
  const [, second] = toPhaseChanges({ ...proof, ...(endpoints && { endpoints }) }, states, scenario)
  expect(second && tellChange(second).at(-1)).toBe(
    '2 endpoints stop working: GET /api/things0/{id}, GET /api/things1/{id}.',
  )
})

it('counts no lock on a table that is new, and no lock behind which nobody waits', () => {
  const withLock = (lock: object) => ({
    ...proof,
    rehearsals: (proof.rehearsals ?? []).map((one) => ({
      ...one,
      ...(one.statements && {
        statements: one.statements.map((cost) => ({
          ...cost,
          locks: cost.locks.map((held) => ({ ...held, ...lock })),
        })),
      }),
    })),
  })
  const longest = (lock: object) => toLongest(toPhaseChanges(withLock(lock), states, scenario))
  expect(longest({ relation: 'public.new' })).toBeNull()
  expect(longest({ mode: 'RowExclusiveLock' })).toBeNull()
  expect(longest({ heldMs: 99 })).toMatchObject({ heldMs: 99, table: 'public.t0' })
})

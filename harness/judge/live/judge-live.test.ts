import { describe, expect, it } from 'vitest'
import type { LateRollback, LiveReport, LiveServer } from '../../model/live.ts'
import { definePhase } from '../../model/scenario.ts'
import { judgeLive } from './judge-live.ts'
import { liveLimits } from './live-limits.ts'
import { liveResults } from './live-results.ts'

const phase = {
  ...definePhase({
    id: 2,
    name: '02-orders',
    title: 'Orders',
    goal: 'Orders',
    risk: 'low',
    dependsOn: [],
    estimateMinutes: 5,
    migrations: [],
    changes: [],
    expect: [],
    rollbackLoses: { parcels: 'there were none before' },
  }),
  rollback: { file: 'rollback.sql', sql: '', sha256: '' },
}
const quiet: LiveServer = { server: null, tried: 3, untried: 0, silent: 0, warm: [], traffic: [] }
const warm = { endpoint: 'GET /orders', contracts: ['a'], sqlstate: '0A000', message: 'no', recovers: false }
const traffic = { endpoint: 'GET /orders', requests: 9, failed: 0, message: null, longestMs: 120 }

function reportOf(server: Partial<LiveServer>, rollback: LateRollback | null = null): LiveReport {
  return { phase: 2, servers: [{ ...quiet, ...server }], rollback, leftOut: null }
}

function lateOf(table: string, lost: number, isOfPhase = false): LateRollback {
  return { stop: null, tables: [{ table, written: 4, lost, isOfPhase }] }
}

describe('what is found', () => {
  it.for([
    ['nothing', reportOf({ traffic: [traffic] }), []],
    ['a failure on open connections', reportOf({ warm: [warm] }), ['warm-connection-broken']],
    [
      'a failure meanwhile',
      reportOf({ traffic: [{ ...traffic, failed: 2 }] }),
      ['request-failed-during-phase'],
    ],
    ['rows that the rollback takes', reportOf({}, lateOf('orders', 1)), ['rollback-loses-rows']],
    ['rows that it keeps', reportOf({}, lateOf('orders', 0)), []],
    ['rows that go with a table of the phase', reportOf({}, lateOf('notes', 4, true)), []],
    ['rows that may go', reportOf({}, lateOf('parcels', 4)), []],
  ] as const)('is told of %s', ([, report, kinds]) => {
    expect(judgeLive(report, phase).map(({ kind }) => kind)).toEqual(kinds)
  })

  it('is a rollback that fails once rows were written', () => {
    const stop = { line: 3, statement: 'ALTER TABLE', sqlstate: '23514', message: 'no', hint: null }
    const [finding] = judgeLive(reportOf({}, { stop, tables: [] }), phase)
    expect(finding).toMatchObject({ kind: 'rollback-failed', afterRows: true, sqlstate: '23514' })
  })
})

describe('a rollback that raises an exception of its own', () => {
  it('refuses to take what was written, which is told and no fault', () => {
    const stop = { line: 3, statement: null, sqlstate: 'P0001', message: 'notes holds 2 rows', hint: null }
    const report = reportOf({}, { stop, tables: [] })
    expect(judgeLive(report, phase)).toEqual([])
    expect(liveResults(report, [])).toMatchObject([
      { experiment: 'warm connections' },
      { outcome: 'held', says: 'Once rows were written the rollback refuses by itself: notes holds 2 rows.' },
    ])
  })
})

describe('what the report says', () => {
  it('names the longest wait, and what became of rows', () => {
    const report = reportOf({ traffic: [traffic] }, lateOf('notes', 4, true))
    expect(liveResults(report, []).map(({ says }) => says)).toEqual([
      '3 contracts met nothing on connections that were open before the phase that a restarted server does not meet.',
      '9 requests while the phase was applied, none failed; the longest wait was 120 ms, for GET /orders.',
      "Of the rows that the phase's contracts had written the rollback kept 0 and lost 0; 4 more went with tables of the phase.",
    ])
  })

  it('says why a phase was applied beneath no server', () => {
    const report = { ...reportOf({}), servers: [], leftOut: 'it changes roles' }
    expect(liveResults(report, [])).toMatchObject([{ outcome: 'not-made' }])
    expect(liveLimits([report])).toEqual([
      'Phase 2 was not applied beneath a running server: it changes roles.',
    ])
  })

  it('counts contracts that were left out, and those that say nothing', () => {
    expect(liveLimits([reportOf({ untried: 7, silent: 2 })])).toEqual([
      'On open connections 3 trials of contracts were made beneath the phases; 7 more were left out, evenly from all files.',
      '2 trials on open connections of the server say nothing: these contracts did not work there before the phase, or fail on a restarted server as well.',
    ])
  })
})

import { describe, expect, it } from 'vitest'
import type { TargetFacts } from '../../model/target.ts'
import { judgeSource } from './judge-place.ts'

const options = {
  maxAgeMs: 0,
  backupMaxAgeMs: 0,
  longMs: 0,
  allowWritingRole: false,
  allowPooler: false,
  newServer: false,
}

function judge(
  server: Partial<TargetFacts['server']>,
  role: Partial<TargetFacts['role']> = {},
  seen: string | null = null,
) {
  const target = {
    server: {
      name: 'h:5432/d',
      systemIdentifier: '1',
      version: { text: '17.1', major: 17 },
      isReplica: false,
      pooler: null,
      clock: { now: '2026-01-01T00:00:00.000Z', aheadMs: 0 },
      ...server,
    },
    role: { name: 'reader', isSuperuser: false, writableTables: 0, seesSessions: true, ...role },
  }
  return judgeSource(target, seen, options).map(({ kind, outcome }) => `${kind} ${outcome}`)
}

describe('the source of what a target says', () => {
  it.for<[string, Parameters<typeof judge>, readonly string[]]>([
    ['is held for a primary and a role that reads', [{}], ['server held', 'role held', 'pooler held']],
    [
      'is refused for a role that could write',
      [{}, { writableTables: 1 }],
      ['server held', 'role refused', 'pooler held'],
    ],
    [
      'is told for such a role on a replica, which takes no writes',
      [{ isReplica: true }, { isSuperuser: true }],
      ['server held', 'role told', 'pooler held'],
    ],
    ['is refused for a pooler', [{ pooler: 'port 6543' }], ['server held', 'role held', 'pooler refused']],
    ['is refused for another server', [{}, {}, '2'], ['server refused', 'role held', 'pooler held']],
    [
      'is not asked where the identifier is hidden',
      [{ systemIdentifier: null }, {}, '2'],
      ['server not-asked', 'role held', 'pooler held'],
    ],
  ])('%s', ([, asked, outcomes]) => {
    expect(judge(...asked)).toEqual(outcomes)
  })
})

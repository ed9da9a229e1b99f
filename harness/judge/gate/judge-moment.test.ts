import { expect, it } from 'vitest'
import type { GateEvidence } from '../../model/gate.ts'
import type { RowAnswer } from '../../model/precondition.ts'
import { judgeMoment } from './judge-moment.ts'

/** The check of preconditions where the one condition of phase 1 was answered so. */
function judge(answer: RowAnswer | undefined) {
  const asked = {
    phase: 1,
    kind: 'fails',
    sql: 'SELECT 1',
    snapshot: { rows: 0 },
    file: 'm.sql',
    line: 1,
    statement: 'ALTER',
    counts: 'rows without a value',
  }
  const evidence = {
    phase: { id: 1, risk: 'low' },
    read: { proof: { preconditions: [asked] } },
    target: {
      answers: answer ? { 'SELECT 1': answer } : {},
      server: { isReplica: false },
      role: { seesSessions: true },
      migrator: null,
      touchedBytes: 0,
      deploys: [],
      tableLocks: [],
      longTransactions: [],
    },
    backup: { none: true },
  } as unknown as GateEvidence
  const check = judgeMoment(evidence).find(({ kind }) => kind === 'preconditions')
  return [check?.outcome, check?.says]
}

it.each<[string, RowAnswer | undefined, string[]]>([
  ['none are', { rows: 0 }, ['held', '1 of 1 conditions counted: no row is in the way']],
  ['some are', { rows: 2 }, ['refused', 'rows of the target are in the way of the phase']],
  [
    'one makes the statement fail',
    { refused: '22P02' },
    ['refused', 'rows of the target are in the way of the phase'],
  ],
  [
    'nobody could count them',
    { unasked: 'no right to read' },
    ['refused', 'whether rows of the target are in the way could not be counted'],
  ],
  [
    'nobody asked, as the proof does not count',
    undefined,
    ['refused', 'whether rows of the target are in the way could not be counted'],
  ],
])('says of rows in the way what is known where %s', (_, answer, said) => {
  expect(judge(answer)).toEqual(said)
})

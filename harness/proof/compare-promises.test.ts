import { describe, expect, it } from 'vitest'
import type { PhaseResult, Proof } from '../model/proof.ts'
import { comparePromises, toPromises } from './compare-promises.ts'

function passed(phase: number, expectations: number, contracts: number): PhaseResult {
  const about = { phase, name: `0${phase}-x`, title: 'x', migrations: [], replayMs: 1 }
  return { outcome: 'passed', ...about, expectations, contracts, checkpoint: 'k' }
}

function proof(phases: readonly PhaseResult[], limits: readonly string[] = []): Proof {
  return {
    format: 1,
    scenario: 'shop',
    upTo: phases.length,
    verdict: 'proven',
    phases,
    about: {
      snapshot: null,
      migrations: {},
      expectations: 'e',
      postgres: '17.10',
      tool: { name: 'prisma', version: '7.3.0', order: 'locale en-US', transactionRule: 'one-batch' },
      harness: 'h',
      server: null,
      scaled: null,
      contract: null,
    },
    limits,
    takenAt: '2026-01-06T00:00:00.000Z',
    durationMs: 1,
  }
}

const seen = '12 of 40 described answers were not seen: listOrders 404.'
const before = toPromises(proof([passed(1, 9, 2), passed(2, 4, 0)], [seen]))

it('counts what was judged in each phase, and forgets figures and names of limits', () => {
  expect(before).toEqual({
    format: 1,
    phases: { '01-x': { expectations: 9, contracts: 2 }, '02-x': { expectations: 4, contracts: 0 } },
    limits: ['# of # described answers were not seen:'],
  })
})

it('leaves a phase out that did not run', () => {
  const notRun: PhaseResult = { outcome: 'not-run', phase: 1, name: '01-x', title: 'x', blockedBy: 'b' }
  expect(toPromises(proof([notRun])).phases).toEqual({})
})

describe('promising less', () => {
  it.for<[string, Proof, boolean, readonly string[]]>([
    ['as much is nothing to say', proof([passed(1, 9, 2), passed(2, 4, 0)], [seen]), true, []],
    ['more is nothing to say', proof([passed(1, 10, 3), passed(2, 4, 1)]), true, []],
    [
      'other figures of the same limit are nothing to say',
      proof([passed(1, 9, 2), passed(2, 4, 0)], [seen.replace('12', '13')]),
      true,
      [],
    ],
    [
      'fewer expectations and contracts are said',
      proof([passed(1, 8, 0), passed(2, 4, 0)]),
      true,
      [
        'Phase 01-x was promised with expectations: 9; it has 8.',
        'Phase 01-x was promised with contracts: 2; it has 0.',
      ],
    ],
    [
      'a phase that is gone is said',
      proof([passed(1, 9, 2)]),
      true,
      ['Phase 02-x was promised and is gone.'],
    ],
    ['a phase beyond the run is not gone', proof([passed(1, 9, 2)]), false, []],
    [
      'a new limit is said',
      proof([passed(1, 9, 2), passed(2, 4, 0)], ['No API contract speaks about phase 2.']),
      true,
      ['This was not a limit of the promised proof: No API contract speaks about phase 2.'],
    ],
    [
      'limits of a part of the phases are its own',
      proof([passed(1, 9, 2)], ['No API contract speaks about phase 1.']),
      false,
      [],
    ],
  ])('%s', ([, now, isWhole, said]) => {
    expect(comparePromises(before, now, isWhole)).toEqual(said)
  })
})

it('tells an accepted difference that the promised proof did not accept; fewer are nothing to say', () => {
  const accepting = (...accepted: string[]): Proof => ({ ...proof([passed(1, 9, 2)]), accepted })
  const [index, state] = ['linear "orders: index a"', 'target-schema "enum State"']
  const promised = toPromises(accepting(state, index))
  expect(promised.accepted).toEqual([index, state])
  expect(comparePromises(promised, accepting(index), false)).toEqual([])
  expect(comparePromises(before, accepting(index), false)).toEqual([
    `The promised proof did not accept this difference; known-differences.json may only become shorter: ${index}`,
  ])
})

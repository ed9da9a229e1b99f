import { describe, expect, it } from 'vitest'
import type { Finding } from '../model/finding.ts'
import { groupByCause, nameSubject } from './group-by-cause.ts'

const column: Finding = {
  kind: 'missing-column',
  phase: 4,
  expectation: 'trips has tripCost',
  table: 'trips',
  column: 'tripCost',
  expected: 'numeric(10,2)',
}

function contract(test: string, message: string): Finding {
  return {
    kind: 'contract-failed',
    phase: 4,
    expectation: test,
    test,
    file: 'trips.contract.test.ts',
    message,
  }
}

function shape(findings: readonly Finding[]) {
  return groupByCause(findings).map(({ cause, effects }) => [nameSubject(cause), ...effects.map(nameSubject)])
}

describe('findings of one cause', () => {
  it('are one group: a column that is missing, and 170 contracts that name it', () => {
    const contracts = Array.from({ length: 170 }, (_, number) =>
      contract(`contract ${number}`, `expected 200, got 500: The column trips.tripCost does not exist`),
    )
    const [group, ...others] = groupByCause([column, ...contracts])
    expect(others).toEqual([])
    expect(group).toEqual({ cause: column, effects: contracts })
  })

  it('have the missing thing as their cause, also where a contract was found first', () => {
    expect(shape([contract('a', 'column "tripCost" does not exist'), column])).toEqual([
      ['trips has tripCost', 'a'],
    ])
  })

  it('without a cause that was found are those that fail in the same words, whatever numbers are in them', () => {
    const same = [
      contract('a', 'expected 201, got 503 after 12 ms'),
      contract('b', 'expected 201, got 503 after 9 ms'),
    ]
    expect(shape([...same, contract('c', 'expected a list')])).toEqual([['a', 'b'], ['c']])
  })

  it.for<[string, Finding[]]>([
    ['another phase', [contract('a', 'x'), { ...contract('b', 'x'), phase: 5 }]],
    [
      'a longer name that only begins like it',
      [column, contract('a', 'column tripCostCenter does not exist')],
    ],
    ['no word of it', [column, contract('a', 'connection refused')]],
    [
      'two missing things',
      [
        column,
        { ...column, column: 'unitId', expectation: 'trips has unitId' },
        contract('a', 'tripCost and unitId'),
      ],
    ],
    [
      'nothing but their kind, of the database',
      [column, { ...column, column: 'unitId', expectation: 'trips has unitId' }],
    ],
  ])('are not those with %s', ([, findings]) => {
    expect(shape(findings)).toEqual(findings.map((finding) => [nameSubject(finding)]))
  })

  it('lose none', () => {
    const findings = [contract('a', 'tripCost'), column, contract('b', 'tripCost'), contract('c', 'other')]
    const all = groupByCause(findings).flatMap(({ cause, effects }) => [cause, ...effects])
    expect(new Set(all)).toEqual(new Set(findings))
    expect(all).toHaveLength(findings.length)
  })
})

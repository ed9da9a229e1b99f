import { describe, expect, it } from 'vitest'
import { type OutcomeSubject, toOutcomeKey } from './to-outcome-key.ts'

const subject: OutcomeSubject = {
  source: 'digest of the test',
  test: { file: 'orders.contract.test.ts', name: 'an order is kept', ordinal: 0 },
  trial: { kind: 'flow', phase: 2, checkpoint: 3, role: 'after' },
  checkpoint: 'key of the state after phase 3',
  server: { module: './server.ts' },
  postgres: 'embedded 17.10',
}

describe('the key of an outcome', () => {
  it.for<[string, Partial<OutcomeSubject>]>([
    ['test file', { source: 'another digest' }],
    ['file name', { test: { ...subject.test, file: 'refunds.contract.test.ts' } }],
    ['title', { test: { ...subject.test, name: 'an order is lost' } }],
    ['place among tests of the same title', { test: { ...subject.test, ordinal: 1 } }],
    ['kind', { trial: { kind: 'kept', phase: 2, checkpoint: 3, role: 'after' } }],
    ['role', { trial: { kind: 'flow', phase: 2, checkpoint: 3, role: 'rollout' } }],
    [
      'earlier server',
      { trial: { kind: 'flow', phase: 2, checkpoint: 3, role: 'after', server: 'deployed' } },
    ],
    ['bounds of generated requests', { trial: { phase: 3, requests: { seed: 1 } } }],
    ['state, so snapshot, migrations, Postgres and replay', { checkpoint: 'key of another state' }],
    ['server', { server: { module: './other.ts' } }],
    ['Postgres', { postgres: 'embedded 18.1' }],
  ])('is another for another %s', ([, change]) => {
    expect(toOutcomeKey({ ...subject, ...change })).not.toBe(toOutcomeKey(subject))
  })

  it('is the same in whatever order members were written', () => {
    const { postgres, ...rest } = subject
    expect(toOutcomeKey({ postgres, ...rest })).toBe(toOutcomeKey(subject))
  })
})

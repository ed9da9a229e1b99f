import { expect, it } from 'vitest'
import type { PhaseEvidence } from '../model/checkpoint.ts'
import { describeRemains } from './remains.ts'

it('names what a failed phase left outside of its database', () => {
  const schema = {
    tables: [],
    enums: [],
    sequences: [],
    views: [],
    functions: [],
    extensions: [],
    objects: [],
  }
  const state = { schema, history: [], rowCounts: {} }
  const evidence = {
    before: state,
    after: state,
    replay: { applied: [] },
    outside: [{ object: 'role shop_reports', what: 'got BYPASSRLS', isHarmless: false }],
  } as unknown as PhaseEvidence
  expect(describeRemains(evidence)).toEqual(['role shop_reports got BYPASSRLS'])
})

import { expect, it } from 'vitest'
import { spread } from './make-mutants.ts'

it.for([
  [[], 3, []],
  [['a', 'b'], 3, ['a', 'b']],
  [['a', 'b', 'c', 'd', 'e', 'f'], 3, ['a', 'c', 'e']],
  [['a', 'b', 'c', 'd', 'e'], 2, ['a', 'c']],
] as const)('spreads %j over %i', ([list, count, expected]) => {
  expect(spread(list, count)).toEqual(expected)
})

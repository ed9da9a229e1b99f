import { expect, it } from 'vitest'
import { chooseContracts } from './choose-contracts.ts'

const contractsOf = (phase: number, file: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({ phase, file, name: `${file} ${index}` }))

it('takes from each file in turn, so that none is left out before another gives its second', () => {
  const all = [...contractsOf(1, 'long', 40), ...contractsOf(2, 'short', 2), ...contractsOf(3, 'own', 7)]
  const { chosen, untried } = chooseContracts(all, 3, { own: 5, earlier: 10 })
  const countOf = (file: string) => chosen.filter((contract) => contract.file === file).length
  expect([countOf('long'), countOf('short'), countOf('own')]).toEqual([8, 2, 5])
  expect(untried).toBe(49 - 15)
})

it('keeps the order, and takes all where the bounds are wide', () => {
  const all = [...contractsOf(1, 'b', 2), ...contractsOf(2, 'a', 2)]
  expect(chooseContracts(all, 2, { own: 5, earlier: 5 })).toEqual({ chosen: all, untried: 0 })
})

it('leaves contracts of later phases out', () => {
  expect(chooseContracts(contractsOf(3, 'later', 2), 2, { own: 5, earlier: 5 })).toEqual({
    chosen: [],
    untried: 0,
  })
})

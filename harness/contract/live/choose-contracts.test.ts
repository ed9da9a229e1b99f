import { expect, it } from 'vitest'
import { chooseContracts, earlierAtMost } from './choose-contracts.ts'

const contractsOf = (phase: number, file: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({ phase, file, name: `${file} ${index}` }))

it('takes all of the phase itself, however many there are', () => {
  const own = contractsOf(2, 'own', earlierAtMost + 5)
  expect(chooseContracts(own, 2)).toEqual({ chosen: own, untried: 0 })
})

it('takes from each file of earlier phases in turn, so that none is left out before another gives its second', () => {
  const all = [...contractsOf(1, 'long', 40), ...contractsOf(2, 'short', 2), ...contractsOf(3, 'own', 1)]
  const { chosen, untried } = chooseContracts(all, 3)
  const countOf = (file: string) => chosen.filter((contract) => contract.file === file).length
  expect([countOf('long'), countOf('short'), countOf('own')]).toEqual([earlierAtMost - 2, 2, 1])
  expect(untried).toBe(42 - earlierAtMost)
})

it('leaves contracts of later phases out', () => {
  expect(chooseContracts(contractsOf(3, 'later', 2), 2).chosen).toEqual([])
})

import { expect, it } from 'vitest'
import { toChoice } from './to-choice.ts'

it.for<[string, number | null]>([
  ['', 0],
  ['  ', 0],
  ['1', 0],
  ['2', 1],
  ['n', 1],
  ['No', 1],
  ['YES', 0],
  ['3', null],
  ['0', null],
  ['1.5', null],
  ['maybe', null],
])('takes the line "%s" for the answer %s of yes and no', ([line, answer]) => {
  expect(toChoice(line, ['yes', 'no'])).toBe(answer)
})

it('takes no beginning that several answers share', () => {
  expect(toChoice('pack', ['packages/a', 'packages/b'])).toBeNull()
})

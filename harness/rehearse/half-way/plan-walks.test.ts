import { expect, it } from 'vitest'
import { planWalks, toAttempts } from './plan-walks.ts'

const file = { file: '', sql: '' }
const group = (from: number, to: number, committed: number, of: number) => ({ from, to, committed, of })
const told = (walks: ReturnType<typeof planWalks>) =>
  walks.map((walk) => walk.map(({ migration, after, how }) => `${migration} ${how} after ${after}`))

it('stops twice in the one transaction of a file, and once behind it, in one walk over all files', () => {
  const groups = [group(0, 2, 0, 3), group(3, 3, 3, 3)]
  const migrations = ['a', 'b'].map((name) => ({ name, ...file, groups }))
  expect(told(planWalks(migrations))).toEqual([
    ['a', 'b'].flatMap((name) => [
      `${name} killed after 2`,
      `${name} failing after 2`,
      `${name} killed after 3`,
    ]),
  ])
})

it('stops between all statements that are committed by themselves, one walk for each', () => {
  const long = { name: 'a', ...file, groups: [0, 1, 2].map((k) => group(k, k, k, 2)) }
  const short = { name: 'b', ...file, groups: [group(0, 0, 0, 1), group(1, 1, 1, 1)] }
  expect(told(planWalks([long, short]))).toEqual([
    ['a killed after 0', 'a failing after 0', 'a killed after 2'].concat([
      'b killed after 0',
      'b failing after 0',
      'b killed after 1',
    ]),
    ['a killed after 1', 'a failing after 1'],
  ])
})

it('has nothing to fail behind the last statement, even of a file that leaves its transaction open', () => {
  const open = { name: 'a', ...file, groups: [group(0, 2, 0, 2)] }
  expect(told(planWalks([open]))).toEqual([['a killed after 2', 'a failing after 1']])
})

const script = ['rollback', 'rollback-rolled-back']
it.each([
  ['nothing', group(0, 2, 0, 3), ['rolled-back', ...script]],
  ['a part', group(1, 1, 1, 3), ['rolled-back', 'applied', ...script]],
  ['everything', group(3, 3, 3, 3), ['applied', 'rolled-back', ...script]],
])('tries what is simplest first where %s remains', (_, stopped, attempts) => {
  expect(toAttempts(stopped, true, false)).toEqual(attempts)
  expect(toAttempts(stopped, false, false)).toEqual(attempts.slice(0, -2))
  expect(toAttempts(stopped, true, true)).toEqual([...attempts, 'finish'])
})

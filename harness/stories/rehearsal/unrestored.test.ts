import { expect, it } from 'vitest'
import { withUnrestored } from './unrestored.ts'

const met = { expectations: 1, contracts: 0, findings: [], notRun: null }
const because = 'this machine has no pg_dump'

function notRunOf(irreversible: boolean, rehearsal: object, notRun: string | null = null) {
  const phases = [{ id: 1, ...(irreversible && { irreversible: 'the notes are gone.' }) }]
  return withUnrestored(new Map([[1, { ...met, notRun }]]), phases, [{ phase: 1, rehearsal }]).get(1)?.notRun
}

it('does not let a phase pass that nothing undoes, where no backup was restored', () => {
  expect(notRunOf(true, { notMade: { restore: because } })).toMatch(because)
})

it('lets others pass, and those whose backup was restored', () => {
  expect(notRunOf(false, { notMade: { restore: because } })).toBeNull()
  expect(notRunOf(true, { restore: {} })).toBeNull()
})

it('keeps what did not run for another reason', () => {
  expect(notRunOf(true, { notMade: { restore: because } }, 'a contract did not run')).toBe(
    'a contract did not run',
  )
})

import { expect, it } from 'vitest'
import type { RehearsedStop } from '../../model/rehearsal.ts'
import type { ToolWords } from '../../model/tool.ts'
import { toRecipes } from './to-recipes.ts'

const words = {
  deploy: 'deploy',
  resolveApplied: 'applied <name>',
  resolveRolledBack: 'rolled back <name>',
} as ToolWords
const stop: RehearsedStop = {
  migration: '1_a',
  file: '1_a.sql',
  how: ['killed', 'failing'],
  from: 0,
  to: 2,
  committed: 0,
  of: 3,
  line: 9,
  remains: [],
  recovery: 'rolled-back',
  failed: [],
}
const told = (part: Partial<RehearsedStop>) => {
  const [recipe] = toRecipes([{ ...stop, ...part }], words, 'undo.sql')
  return [recipe?.stopped, recipe?.remains, ...(recipe?.commands ?? [])]
}

it('speaks of a file that is one transaction as of one place', () => {
  expect(told({})).toEqual([
    'anywhere within the file, as its session ended, or as a statement failed',
    'Nothing of it stays; its row in the history has no finish.',
    'rolled back 1_a',
    'deploy',
  ])
})

it('names the place between two statements, and what stays', () => {
  const remains = ['line 2: CREATE TABLE a ()']
  const part = { from: 1, to: 1, committed: 1, line: 5, remains, recovery: 'rollback' } as const
  expect(told(part)).toEqual([
    'after statement 1 of 3, before line 5, as its session ended, or as a statement failed',
    'Its first statement stays, up to line 2: CREATE TABLE a (); its row in the history has no finish.',
    'psql -v ON_ERROR_STOP=1 -f undo.sql',
    'deploy',
  ])
})

it('tells a file that ran whole from one that did not', () => {
  const part = { how: ['killed'], from: 3, to: 3, committed: 3, line: null, recovery: 'applied' } as const
  expect(told(part)).toEqual([
    'behind its last statement, as its session ended',
    'All of it stays; its row in the history has no finish.',
    'applied 1_a',
    'deploy',
  ])
})

it('warns of an index that was being built', () => {
  expect(told({ isBuilding: true })[1]).toContain('stays invalid: drop it first (not tried)')
})

it('has no command where nothing leads on', () => {
  expect(told({ recovery: null }).slice(2)).toEqual([])
})

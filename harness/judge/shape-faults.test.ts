import { expect, it } from 'vitest'
import { definePhase } from '../model/scenario.ts'
import { table } from '../model/vocabulary.ts'
import { shapeFaults } from './shape-faults.ts'

const phase = definePhase({
  id: 1,
  name: '01-first',
  title: 'First',
  goal: 'Begin',
  risk: 'low',
  dependsOn: [],
  estimateMinutes: 5,
  migrations: ['1_a'],
  changes: ['a'],
  expect: [table('a')],
})

it('takes what definePhase made', () => {
  expect(shapeFaults([phase])).toEqual([])
})

it.each<[string, unknown, string]>([
  ['a phase that was never exported', undefined, 'the phase at position 2 is missing, not a phase'],
  ['a path in the place of a phase', './phases/02', 'the phase at position 2 is a string, not a phase'],
  ['no name', { ...phase, name: undefined }, 'the phase at position 2: its name is missing, not a text'],
  ['an id in quotes', { ...phase, id: '2' }, 'phase 01-first: its id is a string, not a number'],
  [
    'an unknown kind',
    { ...phase, expect: [{ kind: 'tabel' }] },
    'phase 01-first: entry 1 of its expect is of the kind tabel, which is unknown',
  ],
  ['no expectations', { ...phase, expect: undefined }, 'phase 01-first: its expect is missing, not a list'],
  [
    'one migration as text',
    { ...phase, migrations: '2_b' },
    'phase 01-first: its migrations is a string, not a list',
  ],
  ['no dependencies', { ...phase, dependsOn: null }, 'phase 01-first: its dependsOn is null, not a list'],
  [
    'one dropped column as text',
    { ...phase, drops: 'a.b' },
    'phase 01-first: its drops is a string, not a list',
  ],
  [
    'a group of expectations',
    { ...phase, expect: [table('a')] },
    'phase 01-first: entry 1 of its expect is a list, not an expectation; definePhase dissolves groups',
  ],
])('names %s by phase and place', (_, wrong, fault) => {
  expect(shapeFaults([phase, wrong])).toEqual([fault])
})

import { expect, it } from 'vitest'
import type { Fate, Mutant } from './mutant.ts'
import { renderScore, toScore } from './render-score.ts'

const mutants: Mutant[] = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => ({
  id,
  phase: 1,
  migration: '1_first',
  kind: 'sort',
  what: `what ${id} changes`,
  sql: '',
}))
const fates: Record<string, Fate> = {
  f: { fate: 'survived', differences: ['+ something'], newLimits: ['It is only told.'] },
  e: { fate: 'survived', differences: ['+ something', '- another'], newLimits: [] },
  d: { fate: 'equivalent' },
  c: { fate: 'not-decided', why: 'plan-invalid' },
  b: { fate: 'killed', kinds: ['declaration-void'] },
  a: { fate: 'killed', kinds: ['declaration-void', 'missing-column'] },
}
const judged = Object.entries(fates).map(([id, fate]) => ({
  mutant: mutants.find((entry) => entry.id === id) as Mutant,
  fate,
  durationMs: 1,
}))

it('counts a mutant as killed only by what it does, and as survived only where nothing tells it', () => {
  const score = toScore(mutants, { fates: judged, failures: [{ id: 'g', error: 'away' }] })
  expect({
    ...score,
    ...Object.fromEntries(
      (['onlyByBinding', 'notDecided', 'equivalent', 'told', 'survived'] as const).map((list) => [
        list,
        score[list].map(({ mutant }) => mutant.id),
      ]),
    ),
  }).toEqual({
    judged: 6,
    killed: 1,
    by: { 'missing-column': 1 },
    onlyByBinding: ['b'],
    notDecided: ['c'],
    equivalent: ['d'],
    told: ['f'],
    survived: ['e'],
    failed: [{ id: 'g', error: 'away' }],
  })
})

it('prints what survived with its differences', () => {
  const text = renderScore('shop', toScore(mutants, { fates: judged, failures: [] }))
  expect(text).toContain('  1 SURVIVED\n')
  expect(text).toContain('  e  1_first: what e changes\n      + something\n      - another\n')
  expect(text).toContain('      limit: It is only told.\n')
})

import { expect, it } from 'vitest'
import type { PhaseRehearsal } from '../model/proof.ts'
import { renderRehearsals } from './render-rehearsals.ts'

const held = (phase: number): PhaseRehearsal => ({
  phase,
  experiment: 'rollback',
  outcome: 'held',
  says: 'It led back.',
})

it('tells each experiment in one line with the phases it broke and held for', () => {
  const broken = { ...held(3), outcome: 'broke' as const }
  const lines = renderRehearsals([held(1), held(2), broken, { ...held(1), experiment: 'again' }], false)
  expect(lines.slice(1)).toEqual([
    '  rollback  broke for phase 3; held for phases 1, 2',
    '  again     held for phase 1',
  ])
})

it('tells every sentence when asked, and nothing where nothing was rehearsed', () => {
  const lines = renderRehearsals([{ ...held(1), details: ['In 3 ms.'] }], true)
  expect(lines.slice(1)).toEqual([
    '  rollback  held for phase 1',
    '    phase 1: It led back.',
    '      In 3 ms.',
  ])
  expect(renderRehearsals([], true)).toEqual([])
})

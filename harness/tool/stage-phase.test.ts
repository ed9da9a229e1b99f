import { describe, expect, it } from 'vitest'
import { stagePhase } from './stage-phase.ts'

const all = ['a', 'b', 'B', 'c', 'z'].map((name) => ({
  name,
  file: `${name}/migration.sql`,
  sql: '',
  checksum: '',
  checksumOtherLineEndings: '',
}))
const stage = (recorded: string[], names: string[]) =>
  stagePhase(all, recorded, names).map(({ name }) => name)

describe('stagePhase', () => {
  it.each([
    ['keeps what is recorded and what the phases name', ['c'], ['a'], ['a', 'c']],
    ['keeps the order of the folder, not of the phase', [], ['z', 'B', 'b'], ['b', 'B', 'z']],
    ['names a migration once that is recorded and planned', ['a'], ['a'], ['a']],
    ['passes over a recorded name without a folder', ['gone'], ['a'], ['a']],
    ['is empty for nothing', [], [], []],
  ])('%s', (_, recorded, names, staged) => {
    expect(stage(recorded, names)).toEqual(staged)
  })
})

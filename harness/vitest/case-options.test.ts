import { describe, expect, it } from 'vitest'
import { quickCases, readCaseOptions } from './case-options.ts'

describe('the bounds of the probes', () => {
  it('are the quick ones with a fixed seed, so that a proof comes out the same twice', () => {
    expect(readCaseOptions({})).toEqual({ ...quickCases, seed: 20260106 })
  })

  it('grow and draw otherwise when asked to', () => {
    const { randomPerOperation, statedPerOperation, seed } = readCaseOptions({
      PHASEPROOF_PROBES: '25',
      PHASEPROOF_SEED: '7',
    })
    expect([randomPerOperation, statedPerOperation, seed]).toEqual([
      quickCases.randomPerOperation * 25,
      quickCases.statedPerOperation * 25,
      7,
    ])
  })

  it.each(['0', '-3', '1.5', 'many'])('refuse %s', (text) => {
    expect(() => readCaseOptions({ PHASEPROOF_PROBES: text })).toThrow(/PHASEPROOF_PROBES/)
    expect(() => readCaseOptions({ PHASEPROOF_SEED: text })).toThrow(/PHASEPROOF_SEED/)
  })
})

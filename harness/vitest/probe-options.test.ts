import { describe, expect, it } from 'vitest'
import { quickProbes, readProbeOptions } from './probe-options.ts'

describe('the bounds of the probes', () => {
  it('are the quick ones with a fixed seed, so that a proof comes out the same twice', () => {
    expect(readProbeOptions({})).toEqual({ ...quickProbes, seed: 20260106 })
  })

  it('grow and draw otherwise when asked to', () => {
    const { randomPerOperation, statedPerOperation, seed } = readProbeOptions({
      PHASEPROOF_PROBES: '25',
      PHASEPROOF_SEED: '7',
    })
    expect([randomPerOperation, statedPerOperation, seed]).toEqual([
      quickProbes.randomPerOperation * 25,
      quickProbes.statedPerOperation * 25,
      7,
    ])
  })

  it.each(['0', '-3', '1.5', 'many'])('refuse %s', (text) => {
    expect(() => readProbeOptions({ PHASEPROOF_PROBES: text })).toThrow(/PHASEPROOF_PROBES/)
    expect(() => readProbeOptions({ PHASEPROOF_SEED: text })).toThrow(/PHASEPROOF_SEED/)
  })
})

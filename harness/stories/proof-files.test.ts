import { mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PhaseResult, Proof } from '../model/proof.ts'
import { forgetProof, writeProof } from './proof-files.ts'

let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'phaseproof-proofs-'))
  for (const upTo of [1, 2, 3]) writeProof(root, proof(upTo))
  writeProof(root, proof(3, { isScaled: true }))
})

afterEach(() => rmSync(root, { recursive: true }))

function proof(upTo: number, { failed = 0, isScaled = false, isOpen = false } = {}): Proof {
  const phases = Array.from({ length: upTo }, (_, index): PhaseResult => {
    const about = { phase: index + 1, name: 'x', title: 'x', expectations: 1, contracts: 0 }
    const judged = { ...about, migrations: [], replayMs: 1 }
    return index + 1 === failed
      ? { ...judged, outcome: 'failed', findings: [] }
      : { ...judged, outcome: 'passed', checkpoint: 'k' }
  })
  return {
    format: 1,
    scenario: 'broken/shop',
    upTo,
    verdict: isOpen ? 'undecided' : failed > 0 ? 'disproven' : 'proven',
    phases,
    about: {
      snapshot: null,
      migrations: {},
      expectations: 'e',
      postgres: '17.10',
      tool: { name: 'prisma', version: '7.3.0', order: 'locale en-US', transactionRule: 'one-batch' },
      harness: 'h',
      server: null,
      scaled: isScaled ? { 'public.orders': 9 } : null,
      contract: null,
    },
    limits: [],
    takenAt: '2026-01-06T00:00:00.000Z',
    durationMs: 1,
  }
}

const left = () => readdirSync(join(root, 'broken/shop')).sort()
const coming = { scenario: 'broken/shop', upTo: 2, isScaled: false } as const

describe('a run that begins', () => {
  it('removes the proof that it is about to replace, and no other', () => {
    forgetProof(root, coming)
    expect(left()).toEqual(['phase-1.json', 'phase-3.json', 'phase-3.scaled.json'])
  })

  it('removes states, statement and signature together with the proof', () => {
    writeProof(root, proof(2), { states: '{}\n', statement: '{}' })
    writeFileSync(join(root, 'broken/shop/phase-2.proof.sigstore.json'), '{}')
    const beside = ['phase-2.proof.json', 'phase-2.proof.sigstore.json', 'phase-2.states.json']
    expect(left()).toEqual(expect.arrayContaining(beside))
    forgetProof(root, coming)
    expect(left().filter((file) => beside.includes(file))).toEqual([])
  })

  it('removes every proof on the snapshot as it is when it is about all phases', () => {
    forgetProof(root, { ...coming, upTo: 'all' })
    expect(left()).toEqual(['phase-3.scaled.json'])
  })

  it('leaves the proof on the snapshot as it is alone when rows are multiplied', () => {
    forgetProof(root, { ...coming, upTo: 'all', isScaled: true })
    expect(left()).toEqual(['phase-1.json', 'phase-2.json', 'phase-3.json'])
  })

  it('is content where nothing was proven yet', () => {
    forgetProof(root, { ...coming, scenario: 'other' })
    forgetProof(root, { ...coming, scenario: 'other', upTo: 'all' })
    expect(left()).toHaveLength(4)
  })
})

describe('a verdict', () => {
  it('leaves no signature of an older statement beside it', () => {
    writeFileSync(join(root, 'broken/shop/phase-2.proof.sigstore.json'), '{}')
    writeProof(root, proof(2), { statement: '{}' })
    expect(left()).toContain('phase-2.proof.json')
    expect(left()).not.toContain('phase-2.proof.sigstore.json')
  })

  it('is written to where it is looked for', () => {
    expect(writeProof(root, proof(4))).toBe(join(root, 'broken/shop/phase-4.json'))
    expect(left()).toContain('phase-4.json')
  })

  it('takes away every proof of a phase in which it has a finding', () => {
    writeProof(root, proof(2, { failed: 2 }))
    expect(left()).toEqual(['phase-1.json', 'phase-2.json', 'phase-3.scaled.json'])
  })

  it('takes away an earlier proof too, when the finding is in its phases', () => {
    writeProof(root, proof(3, { failed: 1 }))
    expect(left()).toEqual(['phase-3.json', 'phase-3.scaled.json'])
  })

  it('takes away what was cut short, and leaves nothing beside itself', () => {
    truncateSync(join(root, 'broken/shop/phase-1.json'), 80)
    writeProof(root, proof(2, { failed: 2 }))
    expect(left()).toEqual(['phase-2.json', 'phase-3.scaled.json'])
  })

  it('is not written when nothing was decided', () => {
    expect(writeProof(root, proof(5, { isOpen: true }))).toBeNull()
    expect(left()).not.toContain('phase-5.json')
  })
})

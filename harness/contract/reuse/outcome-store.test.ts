import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { KeptTrial } from '../../model/reuse.ts'
import { knowsTrials, readOutcomes, readTrials, writeOutcomes, writeTrials } from './outcome-store.ts'

const now = Date.now()
const day = 24 * 60 * 60 * 1000
const outcome = { at: now, exercised: [{ operationId: 'listOrders', status: '200' }] }
let folder: string
let file: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'phaseproof-outcomes-'))
  file = join(folder, 'conditions.json')
  writeOutcomes(folder, 'conditions', { passed: { a: outcome, b: outcome }, failed: [] }, now)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('kept outcomes', () => {
  it('are read as they were written, under the same conditions only', () => {
    expect(readOutcomes(folder, 'conditions', now)).toEqual({ a: outcome, b: outcome })
    expect(readOutcomes(folder, 'others', now)).toEqual({})
  })

  it('are joined by those of a later run, and lose what failed in it', () => {
    writeOutcomes(folder, 'conditions', { passed: { c: outcome }, failed: ['a'] }, now)
    expect(Object.keys(readOutcomes(folder, 'conditions', now))).toEqual(['b', 'c'])
  })

  it.for<[string, () => void]>([
    ['cut short', () => truncateSync(file, 90)],
    ['empty', () => truncateSync(file, 0)],
    ['without its end', () => truncateSync(file, readFileSync(file).length - 1)],
    ['longer than it was', () => appendFileSync(file, 'more')],
    ['changed in one letter', () => writeFileSync(file, readFileSync(file, 'utf8').replace('"b"', '"c"'))],
    ['no JSON', () => writeFileSync(file, 'neither seal nor text')],
    ['gone', () => rmSync(file)],
  ])('are none when the file is %s, and the next run writes it anew', ([, damage]) => {
    damage()
    expect(readOutcomes(folder, 'conditions', now)).toEqual({})
    writeOutcomes(folder, 'conditions', { passed: { c: outcome }, failed: [] }, now)
    expect(readOutcomes(folder, 'conditions', now)).toEqual({ c: outcome })
  })

  it('are believed for a day, and not when they come from the future', () => {
    expect(readOutcomes(folder, 'conditions', now + day - 1)).toEqual({ a: outcome, b: outcome })
    expect(readOutcomes(folder, 'conditions', now + day)).toEqual({})
    expect(readOutcomes(folder, 'conditions', now - 1)).toEqual({})
  })

  it('of conditions that nobody met for a day are swept', () => {
    utimesSync(file, (now - day) / 1000, (now - day) / 1000)
    writeOutcomes(folder, 'others', { passed: {}, failed: [] }, now)
    expect(readdirSync(folder)).toEqual(['others.json'])
  })
})

describe('the trials of a run', () => {
  const trials: KeptTrial[] = [
    {
      file: 'orders.contract.test.ts',
      name: 'an order is kept',
      subject: { kind: 'unknown' },
      outcomeKey: 'a',
    },
  ]

  it('are read as they were written, by the key of the run only', () => {
    expect(knowsTrials(folder)).toBe(false)
    writeTrials(folder, 'run', trials)
    expect(knowsTrials(folder)).toBe(true)
    expect(readTrials(folder, 'run')).toEqual(trials)
    expect(readTrials(folder, 'another')).toBeNull()
  })

  it('are unknown when their file was cut short', () => {
    writeTrials(folder, 'run', trials)
    truncateSync(join(folder, 'run.run.json'), 90)
    expect(readTrials(folder, 'run')).toBeNull()
  })
})

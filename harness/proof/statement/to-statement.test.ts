import { describe, expect, it } from 'vitest'
import { toCanonicalJson } from '../../ground/to-canonical-json.ts'
import { toSampleProof, toSampleRecord, toSampleStatement } from '../../testing/sample-proof.ts'
import { parseStatement } from './parse-statement.ts'
import { toTimelessDigest } from './to-timeless.ts'

describe('the statement of a proof', () => {
  it.each([
    ['proven', 'PASSED'],
    ['disproven', 'FAILED'],
    ['undecided', 'FAILED'],
  ] as const)('calls what is %s %s, and says so in a field of its own', (verdict, result) => {
    const { predicate } = toSampleStatement(toSampleProof({ verdict }))
    expect(predicate).toMatchObject({ result, phaseproof: { verdict } })
  })

  it('is the same in whichever order the tests ended', () => {
    const records = [1, 2].flatMap((phase) => ['a', 'b'].map((name) => toSampleRecord(phase, { name })))
    const forth = toSampleStatement(toSampleProof(), { records })
    const back = toSampleStatement(toSampleProof(), { records: records.toReversed() })
    expect(toCanonicalJson(forth)).toBe(toCanonicalJson(back))
  })

  it('names no folder of the machine', () => {
    const records = ['/home/someone/x.ts', 'C:\\x.ts'].map((file) => toSampleRecord(1, { file }))
    expect(toCanonicalJson(toSampleStatement(toSampleProof(), { records }))).not.toMatch(/home|C:/)
  })

  it('has one digest whatever time it took, and another when anything else differs', () => {
    const digestOf = (changes: Parameters<typeof toSampleProof>[0]) =>
      toTimelessDigest(toSampleStatement(toSampleProof(changes)))
    const digest = digestOf({})
    expect(digestOf({ takenAt: '2027-01-01T00:00:00.000Z', durationMs: 77 })).toBe(digest)
    expect(digestOf({ limits: ['It took 12 ms.'] })).toBe(digestOf({ limits: ['It took 1.5 ms.'] }))
    expect(digestOf({ limits: ['It lost 12 rows.'] })).not.toBe(digestOf({ limits: ['It lost 13 rows.'] }))
  })
})

describe('a text', () => {
  it('is read back as the statement that was written', () => {
    const statement = toSampleStatement()
    expect(parseStatement(toCanonicalJson(statement))).toEqual({ statement })
  })

  const without = (field: string) => ({ ...toSampleStatement(), [field]: undefined })
  it.each([
    ['nothing', '', /it is empty/],
    ['no JSON', '{', /it is not JSON/],
    ['another JSON', '[]', /the whole/],
    [
      'another type',
      JSON.stringify({ ...toSampleStatement(), _type: 'https://in-toto.io/Statement/v0.1' }),
      /_type/,
    ],
    [
      'another predicate',
      JSON.stringify({ ...toSampleStatement(), predicateType: 'https://slsa.dev/provenance/v1' }),
      /predicateType/,
    ],
    ['no predicate', JSON.stringify(without('predicate')), /predicate/],
    ['no subjects', JSON.stringify(without('subject')), /subject/],
  ])('that is %s is no statement', (_what, text, fault) => {
    expect(parseStatement(text)).toMatchObject({
      refusal: { kind: 'not-a-proof', message: expect.stringMatching(fault) },
    })
  })
})

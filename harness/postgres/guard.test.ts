import { describe, expect, it } from 'vitest'
import { assertOurName, parseComment, toComment } from './guard.ts'

const refusedNames = [
  ['no prefix', 'production'],
  ['the prefix alone', 'phaseproof_'],
  ['the prefix in the middle', 'my_phaseproof_clone'],
  ['the entry database of a person', 'phaseproof'],
  ['capitals, which an unquoted name would fold', 'phaseproof_Clone'],
  ['a quote that ends the identifier', 'phaseproof_a"; DROP DATABASE "production'],
  ['a line break behind a good name', 'phaseproof_a\n'],
  ['letters beyond ASCII', 'phaseproof_ä'],
  ['a null byte', 'phaseproof_a\0'],
  ['64 bytes, of which Postgres would cut one', `phaseproof_${'a'.repeat(53)}`],
  ['nothing', ''],
] as const

describe('assertOurName', () => {
  it.each(refusedNames)('refuses %s', (_, name) => {
    expect(() => assertOurName(name)).toThrow(expect.objectContaining({ code: 'database-refused' }))
  })

  it.each(['phaseproof_a', 'phaseproof_clone_7', `phaseproof_${'a'.repeat(52)}`])('accepts %s', (name) => {
    expect(() => assertOurName(name)).not.toThrow()
  })
})

describe('the comment of our databases', () => {
  it.each([
    ['', 'checkpoint 3f'],
    ['host,12,99', 'clone: of phase 4'],
    ['', ''],
  ])('gives back owner %j and mark %j', (owner, mark) => {
    expect(parseComment(toComment(owner, mark))).toEqual({ owner, mark })
  })

  it.each([null, '', 'nightly copy', 'phaseproof', 'phaseproof:external', 'my phaseproof::mark'])(
    'is not seen in %j',
    (comment) => {
      expect(parseComment(comment)).toBeUndefined()
    },
  )
})

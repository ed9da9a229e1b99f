import { describe, expect, it } from 'vitest'
import { checksumMatches, toChecksum, toOtherChecksum } from './checksum.ts'

const of = (sql: string) => ({
  name: 'm',
  file: 'm/migration.sql',
  sql,
  checksum: toChecksum(sql),
  checksumOtherLineEndings: toOtherChecksum(sql),
})

describe('checksumMatches', () => {
  it.each([
    ['accepts the same bytes', 'select 1;\n', 'select 1;\n', true],
    ['accepts a file recorded with LF and now in CRLF', 'a\nb\n', 'a\r\nb\r\n', true],
    ['accepts a file recorded with CRLF and now in LF', 'a\r\nb\r\n', 'a\nb\n', true],
    ['refuses an added comment', 'a\n', 'a\n-- b\n', false],
    ['refuses a lost line end', 'a\n', 'a', false],
  ])('%s', (_, recorded, now, matches) => {
    expect(checksumMatches(toChecksum(recorded), of(now))).toBe(matches)
  })

  it('is SHA-256 in hex', () => {
    expect(toChecksum('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  })
})

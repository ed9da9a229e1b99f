import { describe, expect, it } from 'vitest'
import { toChecksum, toOtherChecksum } from './checksum.ts'

it('is SHA-256 in hex', () => {
  expect(toChecksum('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
})

describe('the checksum with other line ends', () => {
  it.each([
    ['is the one of CRLF for a file in LF', 'a\nb\n', 'a\r\nb\r\n'],
    ['is the one of LF for a file in CRLF', 'a\r\nb\r\n', 'a\nb\n'],
    ['is the one of LF for a file with both', 'a\r\nb\n', 'a\nb\n'],
  ])('%s', (_, now, other) => {
    expect(toOtherChecksum(now)).toBe(toChecksum(other))
  })
})

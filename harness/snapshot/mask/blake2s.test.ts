import { hash } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { toBlake2s } from './blake2s.ts'

const first = fc.uint8Array({ minLength: 64, maxLength: 64 })

it('is what node:crypto makes of the first block, the value and a byte 1, whatever the length and the script', () => {
  const values = fc.oneof(
    fc.string({ maxLength: 300 }),
    fc.string({ unit: 'grapheme', maxLength: 100 }),
    fc.integer({ min: 55, max: 200 }).map((length) => 'x'.repeat(length)),
  )
  fc.assert(
    fc.property(first, fc.array(values, { minLength: 1, maxLength: 5 }), (block, texts) => {
      const digest = toBlake2s(block)
      for (const text of texts) {
        const all = Buffer.concat([block, Buffer.from(text, 'utf8'), Uint8Array.of(1)])
        expect(Buffer.from(digest(text)).toString('hex')).toBe(hash('blake2s256', all, 'hex'))
      }
    }),
  )
})

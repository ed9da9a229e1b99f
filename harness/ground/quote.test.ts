import { expect, it } from 'vitest'
import { quoteName, quoteTable, quoteText } from './quote.ts'

it('quotes a name so that no quote in it ends it', () => {
  expect(quoteName('a"; DROP DATABASE "b')).toBe('"a""; DROP DATABASE ""b"')
})

it('quotes the namespace and the name of a table each by itself', () => {
  expect(quoteTable({ namespace: 'a.b', name: 'Trip' })).toBe('"a.b"."Trip"')
})

it.each([
  ['a quote', "it's", "'it''s'"],
  ['a backslash, which means itself whatever the session says', 'a\\b', " E'a\\\\b'"],
  ['both', "\\'; --", " E'\\\\''; --'"],
])('quotes a text with %s', (_, text, quoted) => {
  expect(quoteText(text)).toBe(quoted)
})

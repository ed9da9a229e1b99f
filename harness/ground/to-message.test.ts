import { expect, it } from 'vitest'
import { toMessage } from './to-message.ts'

it.each<[string, unknown, string]>([
  ['an error', new TypeError('x is not a function'), 'x is not a function'],
  ['an error that says nothing', new AggregateError([]), 'AggregateError'],
  ['what is no error', 'a text', 'a text'],
  ['nothing at all', undefined, 'undefined'],
])('tells of %s', (_, thrown, message) => {
  expect(toMessage(thrown)).toBe(message)
})

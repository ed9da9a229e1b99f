import { expect, it } from 'vitest'
import { isConnectionLost } from './connection-lost.ts'

const coded = (code: string) => Object.assign(new Error('what was said'), { code })

it.each<[string, unknown]>([
  ['a socket that nobody listens on', coded('ECONNREFUSED')],
  ['several of them, tried in turn', new AggregateError([coded('ECONNREFUSED')])],
  ['a server that shuts down', coded('57P01')],
  ['a broken protocol', coded('08P01')],
  ['a driver whose connection went away', new Error('Connection terminated unexpectedly')],
  ['a driver that waited too long', new Error('timeout expired')],
])('takes %s for a lost connection', (_, error) => {
  expect(isConnectionLost(error)).toBe(true)
})

it.each<[string, unknown]>([
  ['a statement that was refused', coded('23505')],
  ['a statement that was cancelled', coded('57014')],
  ['a mistake of ours', new TypeError('x is not a function')],
  ['what is no error', 'Connection terminated unexpectedly'],
])('takes %s for an answer', (_, error) => {
  expect(isConnectionLost(error)).toBe(false)
})

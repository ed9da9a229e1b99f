import { expect, it } from 'vitest'
import { toRulesOfRange } from './prisma-rules.ts'

const byBytes = { order: 'bytes', transactionRule: 'one-batch' }
const byLocale = { order: 'locale', transactionRule: 'one-batch' }
const split = { order: 'locale', transactionRule: 'per-statement' }

it.for([
  ['5.0.0', byBytes],
  ['5.22.0', byBytes],
  ['6.5.0', byBytes],
  ['6.6.0', byLocale],
  ['6.19.3', byLocale],
  ['7.3.0', byLocale],
  ['7.4.0', split],
  ['7.10.1', split],
  ['v7.10.0', split],
  ['7.4.0-dev.12', split],
  ['^5.1.0', byBytes],
  ['~6.5.0', byBytes],
  ['^6.6.0', byLocale],
  ['~7.3.0', byLocale],
  ['7.3.x', byLocale],
  ['^7.4', split],
] as const)('knows the rules of %s', ([version, rules]) => {
  expect(toRulesOfRange(version)).toEqual(rules)
})

it.for(['^6.5.0', '^6.0.0', '6', '6.x', '^7.0.0', '7.x', '^7.3.9'])(
  'does not choose for %s, whose versions differ',
  (range) => {
    expect(toRulesOfRange(range)).toBe('mixed')
  },
)

it.for(['4.16.2', '8.0.0', '^8.0.0-rc.1', 'latest', 'workspace:*', '>=5 <7', 'catalog:', '', '5.x || 6.x'])(
  'knows no rules of "%s"',
  (range) => {
    expect(toRulesOfRange(range)).toBe('unknown')
  },
)

import { expect, it } from 'vitest'
import type { Expectation } from '../model/expectation.ts'
import {
  check,
  column,
  enumType,
  foreignKey,
  index,
  noTable,
  optional,
  refuses,
  required,
} from '../model/vocabulary.ts'
import { toTitle } from './title.ts'

const cases: readonly [title: string, expectation: Expectation][] = [
  ['table old does not exist', noTable('old')],
  ['a.b is text', column('a', 'b', optional('text'))],
  [
    'a.b is timestamp(3) without time zone not null default now()',
    column('a', 'b', required('timestamp(3)', { default: 'now()' })),
  ],
  [
    'a(b) references c(d) on delete set null on update cascade',
    foreignKey('a', { columns: ['b'], references: { table: 'c', columns: ['d'] }, onDelete: 'SET NULL' }),
  ],
  ['a has check positive', check('a', 'positive')],
  [
    'a has unique index on (b DESC, c) where (c > 0)',
    index('a', { keys: ['b DESC', 'c'], unique: true, where: '(c > 0)' }),
  ],
  ['enum State is OPEN, PAID', enumType('State', ['OPEN', 'PAID'])],
  ['refuses with 23505: a second one', refuses('a second one', '23505', 'SELECT 1')],
]

it.for(cases)('is a claim: %s', ([title, expectation]) => {
  expect(toTitle(expectation)).toBe(title)
})

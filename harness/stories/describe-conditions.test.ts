import { expect, it } from 'vitest'
import { describeConditions } from './describe-conditions.ts'

const here = { encoding: 'UTF8', locale: 'builtin C.UTF-8' }
const conditions = { encoding: 'UTF8', locale: 'libc C.utf8', settings: [], extensions: [] }

it('says nothing where the server is as production', () => {
  expect(describeConditions({ conditions }, here, [])).toEqual([])
})

it('names both locales, both encodings and both versions of an extension', () => {
  const other = {
    ...conditions,
    encoding: 'LATIN1',
    locale: 'libc de_DE.utf8',
    extensions: [
      { name: 'citext', version: '1.5' },
      { name: 'plpgsql', version: '1.0' },
    ],
  }
  const extensions = [
    { name: 'citext', version: '1.6' },
    { name: 'plpgsql', version: '1.0' },
  ]
  expect(describeConditions({ conditions: other }, here, extensions)).toEqual([
    "Production's database is LATIN1, this one UTF8: a letter that LATIN1 lacks fails there and passes here.",
    'Production sorts and compares texts by the locale libc de_DE.utf8, this server by builtin C.UTF-8: the order of texts, their ranges and upper and lower case may differ.',
    'Extension citext has version 1.5 in production and 1.6 here.',
  ])
})

it('says what a snapshot without conditions does not show', () => {
  expect(describeConditions({}, here, [])).toEqual([
    "The snapshot does not say production's locale and settings: the phases ran under the locale builtin C.UTF-8 and this server's TimeZone, DateStyle and search_path.",
  ])
})

import { expect, it } from 'vitest'
import { readSqlstate } from './read-sqlstate.ts'

it.for([
  ['{"code":"0A000","message":"cached plan must not change result type"}', '0A000'],
  ['{"error":"cached plan must not change result type"}', '0A000'],
  ["{ originalCode: '55P03' }", '55P03'],
  ['Raw query failed. Code: `42703`. Message: …', '42703'],
  ['{"code":"P2010"}', null],
  ['{"status":"ERROR"}', null],
  ['order 42703 is gone', null],
])('reads from %s the SQLSTATE %s', ([text, sqlstate]) => {
  expect(readSqlstate(text ?? '')).toBe(sqlstate)
})

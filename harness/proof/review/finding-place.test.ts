import { expect, it } from 'vitest'
import type { Finding } from '../../model/finding.ts'
import { toFindingPlace } from './finding-place.ts'

const about = { phase: 1, expectation: 'holds' }
const failure = {
  migration: 'm',
  file: 'migrations/m/migration.sql',
  line: 7,
  statement: null,
  message: 'no',
  sqlstate: '42P01',
  detail: null,
  hint: null,
}
const stop = { line: 4, statement: null, sqlstate: '42P01', message: 'no', hint: null }

it.each<[what: string, finding: Finding, place: string]>([
  [
    'the statement that failed',
    { ...about, kind: 'migration-failed', failure, remains: [] },
    'migrations/m/migration.sql:7',
  ],
  [
    'the statement that was skipped',
    {
      ...about,
      kind: 'missing-column',
      table: 't',
      column: 'c',
      expected: 'text',
      skippedBy: 'migrations/m/migration.sql:2',
    },
    'migrations/m/migration.sql:2',
  ],
  [
    'the beginning of a file that is at fault as a whole',
    {
      ...about,
      kind: 'migration-edited',
      migration: 'm',
      file: 'migrations/m/migration.sql',
      recorded: 'a',
      found: 'b',
    },
    'migrations/m/migration.sql:1',
  ],
  [
    'the line of a script that stopped',
    { ...about, kind: 'rollback-chain-broken', from: 2, at: 1, file: 'rollback.sql', stop, differences: [] },
    'rollback.sql:4',
  ],
  [
    'the phase that states it, where no file is at fault',
    { ...about, kind: 'missing-table', table: 't' },
    'scenarios/shop/phases/01-a/phase.ts:1',
  ],
])('is %s', (_what, finding, place) => {
  const { file, line } = toFindingPlace(finding, { name: '01-a' }, 'shop')
  expect(`${file}:${line}`).toBe(place)
})

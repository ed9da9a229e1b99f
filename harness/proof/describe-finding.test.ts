import { describe, expect, it } from 'vitest'
import type { Finding } from '../model/finding.ts'
import type { MigrationFailure } from '../model/history.ts'
import { describeFinding } from './describe-finding.ts'

const failure: MigrationFailure = {
  migration: '3_c',
  file: 'migrations/3_c/migration.sql',
  line: 1,
  statement: null,
  message: 'the message',
  sqlstate: 'XX000',
  detail: null,
  hint: null,
}

const describeFailure = (
  changes: Partial<MigrationFailure>,
  applied: readonly string[] = [],
  remains: readonly string[] = [],
) =>
  describeFinding({
    kind: 'migration-failed',
    failure: { ...failure, ...changes },
    applied,
    remains,
    phase: 1,
    expectation: 'applies',
  }).join('\n')

describe('a migration that failed', () => {
  it('is told with its likely cause and what to do about that', () => {
    const text = describeFailure({ sqlstate: '22012', message: 'division by zero' })
    expect(text).toContain('\n  cause     A row of production makes the divisor zero.\n')
    expect(text).toMatch(/\n {2}next {6}Divide by NULLIF/)
  })

  it('is told to be mended where nobody knows the cause', () => {
    expect(describeFailure({})).toMatch(/\n {2}next {6}Mend migrations\/3_c\/migration\.sql and run again\.$/)
  })

  it('says what to do in the words of the tool that refused', () => {
    expect(describeFailure({ remedy: 'Ask the tool.' })).toMatch(/\n {2}next {6}Ask the tool\.$/)
  })

  it('shows a character that nobody sees', () => {
    expect(describeFailure({ message: 'near "\uFEFFCREATE"' })).toContain('near "<U+FEFF>CREATE"')
  })

  it('names a few migrations that stay applied', () => {
    expect(describeFailure({}, ['1_a', '2_b'])).toContain('left      2 migrations stay applied: 1_a, 2_b\n')
  })

  it('counts them where there are many, and leaves the rest of what is left to the proof', () => {
    const names = Array.from({ length: 2863 }, (_, position) => `${position}_a`)
    const remains = Array.from({ length: 300 }, (_, position) => `table t${position} is new`)
    const text = describeFailure({}, names, remains)
    expect(text).toContain('left      2863 migrations stay applied (named in the proof)\n')
    expect(text).toContain('… and 289 more in the proof')
    expect(text.split('\n').length).toBeLessThan(20)
  })
})

describe('a name that Postgres cuts', () => {
  const long = 'n'.repeat(70)
  const about = { phase: 1, expectation: '' }
  it.each<[string, Finding]>([
    ['column', { kind: 'missing-column', table: 'a', column: long, expected: 'text', ...about }],
    ['table', { kind: 'missing-table', table: `audit.${long}`, ...about }],
    [
      'index',
      { kind: 'missing-index', table: 'a', expected: `index ${long} using btree (b)`, found: [], ...about },
    ],
    ['check', { kind: 'missing-check', table: 'a', expected: long, found: [], ...about }],
  ])('is told as such: %s', (_, finding) => {
    const [next = ''] = describeFinding(finding).filter((line) => line.startsWith('  next'))
    expect(next).toContain(`cuts names at 63 bytes: what is written as ${long} is called ${'n'.repeat(63)}.`)
  })

  it('is cut between characters, by bytes', () => {
    const column = 'é'.repeat(32)
    const finding = { kind: 'missing-column', table: 'a', column, expected: 'text', ...about } as const
    expect(describeFinding(finding).join()).toContain(`is called ${'é'.repeat(31)}.`)
  })
})

import { describe, expect, it } from 'vitest'
import type { HistoryRow, Migration } from '../../model/history.ts'
import type { MigrationEffects } from '../../model/history-audit.ts'
import { type HistoryEvidence, judgeHistory } from './judge-history.ts'

const checksum = (name: string) => Buffer.from(name).toString('hex').padEnd(64, '0').slice(0, 64)
const row = (name: string, changes: Partial<HistoryRow> = {}): HistoryRow => ({
  name,
  checksum: checksum(name),
  startedAt: '2026-01-01T10:00:00.000Z',
  finishedAt: '2026-01-01T10:00:01.000Z',
  rolledBackAt: null,
  appliedSteps: 1,
  logs: null,
  ...changes,
})
const file = (name: string): Migration => ({
  name,
  file: `migrations/${name}/migration.sql`,
  sql: '',
  checksum: checksum(name),
  checksumOtherLineEndings: checksum(`${name} crlf`),
})
const makes = (migration: string, set: Record<string, string>, removed: string[] = []): MigrationEffects => ({
  migration,
  set,
  removed,
})
const column = (name: string) => `table public.t\u0000column ${name}`

/** Verdicts and what is missing, by name. */
function judge(given: Partial<HistoryEvidence> & { readonly is?: Record<string, string> }) {
  const { is = {}, ...rest } = given
  const verdicts = judgeHistory({
    scenario: { phases: [] },
    history: [],
    migrations: ['1', '2', '3'].map(file),
    facts: new Map(Object.entries(is)),
    linear: { effects: [], broken: null },
    colliding: new Set(),
    asOf: '2026-02-01T00:00:00.000Z',
    isBaselined: ({ appliedSteps }) => appliedSteps === 0,
    ...rest,
  })
  return Object.fromEntries(
    verdicts.map(({ migration, verdict, absent }) => [
      migration,
      [verdict, ...absent.map(({ name }) => name)].join(', '),
    ]),
  )
}

const recorded = (...effects: MigrationEffects[]) => ({
  history: effects.map(({ migration }) => row(migration)),
  migrations: effects.map(({ migration }) => file(migration)),
  linear: { effects, broken: null },
})

describe('effects', () => {
  it('of a recorded migration may be none, or none of them left', () => {
    const effects = [
      makes('1', { [column('a')]: 'text' }),
      makes('2', {}, [column('a')]),
      makes('3', { [column('b')]: 'text' }),
    ]
    const verdicts = judgeHistory({
      scenario: { phases: [] },
      ...recorded(...effects),
      facts: new Map([[column('b'), 'text']]),
      colliding: new Set(),
      asOf: '2026-02-01T00:00:00.000Z',
      isBaselined: () => false,
    })
    expect(verdicts.map(({ leaves }) => leaves)).toEqual(['nothing-left', 'makes-nothing', undefined])
  })

  it('are there, in part, or not at all', () => {
    const given = recorded(
      makes('1', { [column('a')]: 'text' }),
      makes('2', { [column('b')]: 'text', [column('c')]: 'text' }),
      makes('3', { 'table public.u': '', 'table public.u\u0000column x': 'text' }),
    )
    expect(judge({ ...given, is: { [column('a')]: 'text', [column('b')]: 'text' } })).toEqual({
      1: 'executed',
      2: 'half-applied, column t.c',
      3: 'effects-absent, table u, column u.x',
    })
  })

  it('are not missed where a later migration removed them', () => {
    const given = recorded(makes('1', { [column('a')]: 'text' }), makes('2', {}, [column('a')]))
    expect(judge(given)).toEqual({ 1: 'executed', 2: 'executed' })
    expect(judge({ ...given, is: { [column('a')]: 'text' } })).toEqual({
      1: 'executed',
      2: 'effects-absent, column t.a is still there',
    })
  })

  it('are missed of those that changed what is as an earlier one left it', () => {
    const given = recorded(
      makes('1', { [column('a')]: 'integer' }),
      makes('2', { [column('a')]: 'bigint' }),
      makes('3', { [column('a')]: 'numeric' }),
    )
    expect(judge({ ...given, is: { [column('a')]: 'bigint' } })).toEqual({
      1: 'executed',
      2: 'executed',
      3: 'effects-absent, column t.a (bigint instead of numeric)',
    })
  })

  it('count as there where somebody changed them since', () => {
    const given = recorded(
      makes('1', { [column('a')]: 'text' }),
      makes('2', { [column('a')]: 'text not null' }),
    )
    expect(judge({ ...given, is: { [column('a')]: 'citext' } })).toEqual({ 1: 'executed', 2: 'executed' })
  })

  it('come back with what was made again', () => {
    const given = recorded(
      makes('1', { [column('a')]: 'text' }),
      makes('2', {}, [column('a')]),
      makes('3', { [column('a')]: 'text' }),
    )
    expect(judge({ ...given, is: {} })).toMatchObject({ 3: 'effects-absent, column t.a' })
    expect(judge({ ...given, is: { [column('a')]: 'text' } })).toEqual({
      1: 'executed',
      2: 'executed',
      3: 'executed',
    })
  })

  it('are unknown from where the linear replay broke', () => {
    const given = recorded(makes('1', { [column('a')]: 'text' }), makes('2', {}))
    const linear = { effects: given.linear.effects.slice(0, 1), broken: null }
    expect(judge({ ...given, linear, is: { [column('a')]: 'text' } })).toEqual({
      1: 'executed',
      2: 'unknown',
    })
  })
})

describe('rows', () => {
  const of = (name: string, ...changes: Partial<HistoryRow>[]) =>
    judge({
      history: changes.map((one) => row(name, one)),
      migrations: [file(name)],
      linear: { effects: [makes(name, {})], broken: null },
    })[name]

  it.each([
    ['executed', [{}]],
    ['baselined', [{ appliedSteps: 0 }]],
    ['failed', [{ finishedAt: null }]],
    ['rolled-back', [{ finishedAt: null, rolledBackAt: '2026-01-01T11:00:00.000Z' }]],
    ['executed', [{ finishedAt: null, rolledBackAt: '2026-01-01T11:00:00.000Z' }, {}]],
    ['repeated', [{}, {}]],
    ['edited', [{ checksum: checksum('other') }]],
    ['executed', [{ checksum: checksum('x crlf') }]],
    ['executed', [{ startedAt: '2026-02-01T00:00:01.000Z', finishedAt: '2026-02-01T00:00:02.000Z' }]],
    ['impossible', [{ checksum: 'manual' }]],
    ['impossible', [{ checksum: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' }]],
    ['executed', [{ finishedAt: '2026-01-01T09:59:58.000Z' }]],
    ['impossible', [{ finishedAt: '2026-01-01T09:59:00.000Z' }]],
    ['impossible', [{ startedAt: '2031-01-01T10:00:00.000Z', finishedAt: '2031-01-01T10:00:01.000Z' }]],
  ] as const)('are %s', (verdict, changes) => {
    expect(of('x', ...changes)).toBe(verdict)
  })

  it('may speak of a migration that nobody has, or be missing', () => {
    expect(judge({ history: [row('0')], migrations: [file('1')] })).toEqual({ 0: 'no-folder', 1: 'pending' })
  })
})

describe('what is pending', () => {
  it('was applied by hand where all of it is there, half applied where some is', () => {
    const effects = [makes('1', { [column('a')]: 'text', [column('b')]: 'text' })]
    const given = { colliding: new Set(['1']), migrations: [file('1')], linear: { effects, broken: null } }
    expect(judge({ ...given, is: { [column('a')]: 'text', [column('b')]: 'text' } })).toEqual({
      1: 'applied-by-hand',
    })
    expect(judge({ ...given, is: { [column('a')]: 'text' } })).toEqual({ 1: 'half-applied, column t.b' })
    expect(judge({ ...given, linear: { effects: [], broken: null } })).toEqual({ 1: 'unknown' })
  })
})

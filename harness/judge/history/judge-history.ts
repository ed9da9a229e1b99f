import type { HistoryRow, Migration } from '../../model/history.ts'
import type {
  AbsentEffect,
  HistoryVerdict,
  LinearEffects,
  MigrationVerdict,
} from '../../model/history-audit.ts'
import { namedBy } from '../../model/named-by.ts'

import type { Scenario } from '../../model/scenario.ts'
import { isSameDefinition } from '../canonical.ts'
import { isUnfinished } from '../history-rows.ts'
import { type Facts, nameFact, wholeOf } from './list-facts.ts'
import { rowFaults } from './row-faults.ts'

/** What a history is judged on. */
export interface HistoryEvidence {
  readonly scenario: Pick<Scenario, 'phases' | 'recorded' | 'untrue'>
  readonly history: readonly HistoryRow[]
  /** The whole folder, in the tool's order. */
  readonly migrations: readonly Migration[]
  /** What the database's catalog says. */
  readonly facts: Facts
  readonly linear: LinearEffects
  /** Names of pending migrations with a part that is there already: their effects were measured too. */
  readonly colliding: ReadonlySet<string>
  /** When the history was read, ISO 8601. */
  readonly asOf: string
  /** A row that was recorded by hand and never executed. */
  readonly isBaselined: (row: HistoryRow) => boolean
}

/** One verdict for each migration of the folder and each name of the history: the history's first, then what is pending. Pure. */
export function judgeHistory(given: HistoryEvidence): MigrationVerdict[] {
  const { history, migrations } = given
  const looked = lookForEffects(given)
  const recorded = [...new Set(history.map(({ name }) => name))]
  const pending = migrations.filter(({ name }) => !recorded.includes(name)).map(({ name }) => name)
  return [...recorded, ...pending].map((name) => judgeName(name, given, looked.get(name)))
}

/** What became of a migration's effects. */
interface Looked {
  present: number
  /** Facts that it made or changed, and those of them that are still looked for. */
  made: number
  kept: number
  /** Names of facts that are there, but not as any migration left them. */
  readonly changed: string[]
  readonly absent: AbsentEffect[]
}

/** A migration that made, changed or (`null`) removed a fact. */
interface FactStep {
  readonly migration: string
  readonly definition: string | null
}

interface FoundStep extends FactStep {
  readonly is: 'present' | 'changed' | 'absent'
}

/** Looks for the effects of each migration, but for those that a later one took back. */
function lookForEffects({ linear, facts }: HistoryEvidence): ReadonlyMap<string, Looked> {
  const steps = new Map<string, FactStep[]>()
  const add = (key: string, step: FactStep) => steps.set(key, [...(steps.get(key) ?? []), step])
  for (const { migration, set, removed } of linear.effects) {
    for (const [key, definition] of Object.entries(set)) add(key, { migration, definition })
    for (const key of removed) add(key, { migration, definition: null })
  }
  const looked = new Map<string, Looked>(
    linear.effects.map(({ migration }) => [
      migration,
      { present: 0, made: 0, kept: 0, changed: [], absent: [] },
    ]),
  )
  for (const [key, list] of steps) {
    for (const { migration, definition } of list) {
      const entry = looked.get(migration)
      if (entry && definition !== null) entry.made++
    }
    const found = facts.get(key) ?? null
    for (const { migration, definition, is } of lookForFact(list, found)) {
      const entry = looked.get(migration)
      if (entry && definition !== null) entry.kept++
      if (is === 'absent')
        entry?.absent.push({ key, name: nameAbsent(key, definition, found), expected: definition, found })
      else if (entry) entry.present++
      if (is === 'changed') entry?.changed.push(nameFact(key))
    }
  }
  return looked
}

/** Holds what is found against the steps since the fact was made last: those behind the one that left it so never ran. */
function lookForFact(steps: readonly FactStep[], found: string | null): FoundStep[] {
  const removal = steps.findLastIndex(({ definition }) => definition === null)
  const isRemoved = removal === steps.length - 1
  const own = steps.slice(isRemoved ? Math.max(0, steps.slice(0, -1).findLastIndex(isNull)) : removal + 1)
  const reached = own.findLastIndex(({ definition }) => isSameDefinition(definition, found))
  return own.flatMap((step, position): FoundStep[] => {
    // What it was before its removal is nobody's concern.
    if (isRemoved && position < own.length - 1) return []
    if (reached >= 0) return [{ ...step, is: position > reached ? 'absent' : 'present' }]
    return [{ ...step, is: found === null ? 'absent' : 'changed' }]
  })
}

function isNull({ definition }: FactStep): boolean {
  return definition === null
}

function nameAbsent(key: string, expected: string | null, found: string | null): string {
  const name = nameFact(key)
  if (expected === null) return `${name} is still there`
  return found === null || found === '' ? name : `${name} (${found} instead of ${expected})`
}

function judgeName(name: string, given: HistoryEvidence, looked: Looked | undefined): MigrationVerdict {
  const { history, migrations, scenario, asOf } = given
  const rows = history.filter((row) => row.name === name)
  const row = rows.findLast(({ rolledBackAt }) => rolledBackAt === null) ?? rows.at(-1)
  const migration = migrations.find((entry) => entry.name === name)
  const faults = rows.flatMap((one) => rowFaults(one, migration, asOf))
  const { present = 0, absent = [], changed = [] } = looked ?? {}
  const { verdict, because } =
    row === undefined
      ? judgePending(name, given, looked)
      : judgeRecorded(rows, row, migration, faults, given, looked)
  const phase = scenario.phases.find((one) => namedBy(one).includes(name))
  return {
    migration: name,
    phase: phase?.id ?? null,
    verdict,
    evidence: [
      ...because,
      ...(absent.length > 0 ? [`missing: ${listAbsent(absent).join(', ')}`] : []),
      ...(changed.length > 0 ? [`changed since by no migration: ${changed.join(', ')}`] : []),
    ],
    present,
    looked: present + absent.length,
    absent,
    ...(row && looked && !given.linear.isWhole && toLeaves(looked)),
    declared: toDeclared(name, scenario),
    wayOut: null,
  }
}

function toLeaves({ made, kept }: Looked): Pick<MigrationVerdict, 'leaves'> {
  if (kept > 0) return {}
  return { leaves: made === 0 ? 'makes-nothing' : 'nothing-left' }
}

interface Judged {
  readonly verdict: HistoryVerdict
  readonly because: readonly string[]
}

function judgePending(name: string, { colliding }: HistoryEvidence, looked: Looked | undefined): Judged {
  const because = ['no row of it']
  if (!colliding.has(name)) return { verdict: 'pending', because }
  if (looked === undefined) return { verdict: 'unknown', because: [...because, UNMEASURED] }
  if (looked.absent.length > 0) return { verdict: 'half-applied', because }
  return {
    verdict: 'applied-by-hand',
    because: [...because, `all of its ${looked.present} effects are there`],
  }
}

const UNMEASURED = 'the linear replay broke before it, so nobody knows its effects'

function judgeRecorded(
  rows: readonly HistoryRow[],
  row: HistoryRow,
  migration: Migration | undefined,
  faults: readonly string[],
  { isBaselined, linear }: HistoryEvidence,
  looked: Looked | undefined,
): Judged {
  const again = rows.length > 1 ? [`the history has ${rows.length} rows of it`] : []
  const live = rows.filter((one) => one.rolledBackAt === null)
  if (faults.length > 0) return { verdict: 'impossible', because: [...new Set(faults), ...again] }
  if (isUnfinished(row)) {
    return { verdict: 'failed', because: [`started at ${row.startedAt}, never finished`, ...again] }
  }
  if (row.rolledBackAt !== null) {
    return {
      verdict: 'rolled-back',
      because: [`rolled back at ${row.rolledBackAt}, so it is pending`, ...again],
    }
  }
  const how = isBaselined(row)
    ? [`recorded at ${row.startedAt} without an execution`]
    : [`recorded as executed at ${row.startedAt}`]
  const because = [...how, ...again]
  if (!migration) return { verdict: 'no-folder', because: ['the folder has no such migration', ...because] }
  if (row.checksum !== migration.checksum && row.checksum !== migration.checksumOtherLineEndings) {
    const edited = `its file is another one than ${isBaselined(row) ? 'was recorded' : 'ran'}: ${migration.file}`
    return { verdict: 'edited', because: [edited, ...because] }
  }
  if (looked === undefined) return { verdict: 'unknown', because: [...because, UNMEASURED] }
  const all = looked.present + looked.absent.length
  if (looked.absent.length > 0) {
    return { verdict: looked.present === 0 ? 'effects-absent' : 'half-applied', because }
  }
  if (live.length > 1)
    return { verdict: 'repeated', because: [`${live.length} rows of it count`, ...because] }
  const seen =
    linear.isWhole && all === 0
      ? 'what all recorded migrations lead to is there'
      : all === 0
        ? 'it leaves nothing in the catalog to look for'
        : `its ${all} effects are there`
  return { verdict: isBaselined(row) ? 'baselined' : 'executed', because: [...because, seen] }
}

/** Names of missing effects; a table or object that is missing stands for its parts. */
export function listAbsent(absent: readonly AbsentEffect[]): string[] {
  const whole = new Set(absent.map(({ key }) => key))
  return absent.filter(({ key }) => !whole.has(wholeOf(key) ?? '')).map(({ name }) => name)
}

function toDeclared(name: string, { phases, untrue = {} }: HistoryEvidence['scenario']): string | null {
  const repairing = phases.find(({ repairs = [] }) => repairs.includes(name))
  if (repairing) return `phase ${repairing.id} repairs it`
  const resolving = phases.find(({ resolve: { applied = [], rolledBack = [] } = {} }) =>
    [...applied, ...rolledBack].includes(name),
  )
  if (resolving) {
    const how = resolving.resolve?.applied?.includes(name) ? 'applied' : 'rolled back'
    return `phase ${resolving.id} has it recorded as ${how}`
  }
  return Object.hasOwn(untrue, name) ? (untrue[name] ?? null) : null
}

import { sqlstates } from '../../ground/sqlstate.ts'
import { isSameDefinition } from '../../judge/canonical.ts'
import { judgeHistory } from '../../judge/history/judge-history.ts'
import { type Facts, listFacts } from '../../judge/history/list-facts.ts'
import type { Checkpoint } from '../../model/checkpoint.ts'
import type { Migration } from '../../model/history.ts'
import type { HistoryAudit, LinearEffects } from '../../model/history-audit.ts'
import type { Scenario } from '../../model/scenario.ts'
import { listCollisions, listNeeds, type Pending, readPending } from './list-obstacles.ts'
import { type Line, type MeasurePlace, measureEffects } from './measure-effects.ts'

/** What an audit looks at. */
interface AuditSubject {
  readonly scenario: Scenario
  /** Id of the last phase whose migrations are looked at. */
  readonly upTo: number
  /** The whole folder, in the tool's order. */
  readonly migrations: readonly Migration[]
  /** The database as it is before the first phase. */
  readonly base: Pick<Checkpoint, 'schema' | 'history'>
  /** When it was like that, ISO 8601. */
  readonly asOf: string
}

/**
 * Holds the history of a database against the effects of its migrations: what is recorded, what is there, and what the phases will not
 * get past. Nothing is done to the database.
 * @throws postgres-lost, engine-failed
 */
export async function auditHistory(subject: AuditSubject, place: MeasurePlace): Promise<HistoryAudit> {
  const { scenario, migrations, base, asOf } = subject
  const { tool } = place
  const namespace = tool.rules.namespace ?? 'public'
  const recorded = listRecorded(subject)
  const line = { all: migrations, order: recorded, wanted: new Set(recorded) }
  const facts = listFacts(base.schema)
  const ofRecorded = (await findWhole(line, facts, place)) ?? (await measure(line, place))
  const pending = listPending(subject)
  const statements = await readPending(pending, namespace)
  const met = listCollisions(statements, base.schema)
  const toBeRecorded = pending.filter(({ isRun }) => !isRun).map(({ migration }) => migration.name)
  const looked = new Set(
    [...met.map(({ migration }) => migration), ...toBeRecorded].filter((name) => !recorded.includes(name)),
  )
  const ofPending = ofRecorded.broken
    ? NOTHING
    : await measure(toLine(migrations, recorded, pending, looked), place)
  // What breaks the linear replay too meets what a recorded migration makes: the file is at fault and no history.
  const collisions = met.filter(({ migration }) => migration !== ofPending.broken?.migration)
  const verdicts = judgeHistory({
    scenario,
    history: base.history,
    migrations,
    facts,
    linear: { ...ofRecorded, effects: [...ofRecorded.effects, ...ofPending.effects] },
    colliding: new Set([...collisions.map(({ migration }) => migration), ...toBeRecorded]),
    asOf,
    isBaselined: tool.isBaselined,
  })
  const lacking = verdicts.filter(({ verdict }) => ['effects-absent', 'half-applied'].includes(verdict))
  const needs = listNeeds(
    statements,
    lacking.filter(({ migration }) => recorded.includes(migration)),
    base.schema,
    namespace,
  )
  return { migrations: verdicts, obstacles: [...collisions, ...needs], broken: ofRecorded.broken }
}

/** Measures as the migrator; as the superuser where an earlier migration was somebody's who may do more, such as make an extension. */
async function measure(line: Line, place: MeasurePlace): Promise<LinearEffects> {
  const measured = await measureEffects(line, place)
  return measured.broken?.sqlstate === sqlstates.rightMissing && place.migrator !== undefined
    ? measureEffects(line, { ...place, migrator: undefined })
    : measured
}

/** Histories up to this length are measured migration by migration in any case. */
const SHORT = 30

/** Keys of what no empty database has. */
const MADE = /^(table|enum|view|function|sequence|domain|type) /

/**
 * A long history by what it leads to alone, where all of that is there: one look instead of one for each migration. null: each has to be
 * measured, as something is missing, or something is left that a migration may have been to remove.
 */
async function findWhole(line: Line, facts: Facts, place: MeasurePlace): Promise<LinearEffects | null> {
  if (line.order.length <= SHORT) return null
  const { effects, broken } = await measure({ ...line, isOne: true }, place)
  const [whole] = effects
  if (broken || whole === undefined) return null
  const made = Object.entries(whole.set)
  const removes = line.all.some(
    ({ name, sql }) => line.wanted.has(name) && /\b(DROP|RENAME|REMOVE)\b/i.test(sql),
  )
  const isThere = made.every(([key, definition]) => isSameDefinition(facts.get(key) ?? null, definition))
  if (!isThere || (removes && [...facts.keys()].some((key) => MADE.test(key) && !(key in whole.set))))
    return null
  return {
    effects: line.order.map((migration) => ({ migration, set: {}, removed: [] })),
    broken,
    isWhole: true,
  }
}

const NOTHING: LinearEffects = { effects: [], broken: null }

/** Names that the history counts as applied and the folder holds, in the tool's order; those that failed come last. */
function listRecorded({ migrations, base }: AuditSubject): string[] {
  const names = (isFinished: boolean) =>
    base.history
      .filter((row) => row.rolledBackAt === null && (row.finishedAt !== null) === isFinished)
      .map(({ name }) => name)
  const finished = new Set(names(true))
  const failed = new Set(names(false).filter((name) => !finished.has(name)))
  const inFolder = (set: ReadonlySet<string>) =>
    migrations.map(({ name }) => name).filter((name) => set.has(name))
  return [...inFolder(finished), ...inFolder(failed)]
}

/** What the phases apply or have recorded as applied, in the order of the plan. */
function listPending({ scenario, upTo, migrations, base }: AuditSubject): Pending[] {
  const live = new Set(
    base.history.filter(({ rolledBackAt }) => rolledBackAt === null).map(({ name }) => name),
  )
  return scenario.phases
    .filter(({ id }) => id <= upTo)
    .flatMap(({ id, migrations: own, resolve: { applied = [], rolledBack = [] } = {} }) =>
      migrations
        .filter(({ name }) => [...own, ...applied].includes(name))
        .filter(({ name }) => !live.has(name) || rolledBack.includes(name))
        .map((migration) => ({ migration, phase: id, isRun: own.includes(migration.name) })),
    )
}

/** What is recorded, then what is pending in the order of the plan, as far as somebody asks. */
function toLine(
  all: readonly Migration[],
  recorded: readonly string[],
  pending: readonly Pending[],
  wanted: ReadonlySet<string>,
) {
  const names = pending.map(({ migration }) => migration.name).filter((name) => !recorded.includes(name))
  const last = names.findLastIndex((name) => wanted.has(name))
  return { all, order: [...recorded, ...names.slice(0, last + 1)], wanted }
}

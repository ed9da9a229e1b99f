import { judgeHistory } from '../../judge/history/judge-history.ts'
import { listFacts } from '../../judge/history/list-facts.ts'
import type { Checkpoint } from '../../model/checkpoint.ts'
import type { Migration } from '../../model/history.ts'
import type { HistoryAudit, LinearEffects } from '../../model/history-audit.ts'
import type { Scenario } from '../../model/scenario.ts'
import { listCollisions, listNeeds, type Pending, readPending } from './list-obstacles.ts'
import { type MeasurePlace, measureEffects } from './measure-effects.ts'

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
  const ofRecorded = await measureEffects(
    { all: migrations, order: recorded, wanted: new Set(recorded) },
    place,
  )
  const pending = listPending(subject)
  const statements = await readPending(pending, namespace)
  const met = listCollisions(statements, base.schema)
  const toBeRecorded = pending.filter(({ isRun }) => !isRun).map(({ migration }) => migration.name)
  const looked = new Set(
    [...met.map(({ migration }) => migration), ...toBeRecorded].filter((name) => !recorded.includes(name)),
  )
  const ofPending = ofRecorded.broken
    ? NOTHING
    : await measureEffects(toLine(migrations, recorded, pending, looked), place)
  // What breaks the linear replay too meets what a recorded migration makes: the file is at fault and no history.
  const collisions = met.filter(({ migration }) => migration !== ofPending.broken?.migration)
  const verdicts = judgeHistory({
    scenario,
    history: base.history,
    migrations,
    facts: listFacts(base.schema),
    linear: { effects: [...ofRecorded.effects, ...ofPending.effects], broken: ofRecorded.broken },
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

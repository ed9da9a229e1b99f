import type { PhaseEvidence } from '../../model/checkpoint.ts'
import type { DatabaseState } from '../../model/database-state.ts'
import type { Expectation, ExpectationKind } from '../../model/expectation.ts'
import type { Finding } from '../../model/finding.ts'
import type { Migration } from '../../model/history.ts'
import type { Phase } from '../../model/scenario.ts'
import type { TargetFacts } from '../../model/target.ts'
import type { ToolWords } from '../../model/tool.ts'
import { judge } from '../judge.ts'
import { toTitle } from '../title.ts'

/** What catalog and history answer by themselves. The rest needs the rows of before, a clone, or a statement that writes. */
const OF_CATALOG: ReadonlySet<ExpectationKind> = new Set<ExpectationKind>([
  'table',
  'column',
  'columns',
  'primary-key',
  'unique',
  'foreign-key',
  'check',
  'index',
  'table-part',
  'enum',
  'migrations-applied',
  'migration-recorded',
])

/** A phase that was applied to a target. */
interface AppliedPhase {
  readonly phase: Phase
  readonly expectations: readonly Expectation[]
  readonly before: DatabaseState
  readonly target: TargetFacts
  /** Migrations of the folder, in the tool's order. */
  readonly migrations: readonly Migration[]
  readonly words: ToolWords
  /** Reference schemas that were built, for the expectations that compare with them. */
  readonly references: PhaseEvidence['references']
  /** ISO 8601. */
  readonly now: string
}

/** Judges what a phase expects on a target that was only read, and tells what could not be asked. */
export function judgeApplied(applied: AppliedPhase): {
  readonly judged: number
  readonly findings: readonly Finding[]
  /** Titles of what was left out. */
  readonly leftOut: readonly string[]
} {
  const canAsk = (expectation: Expectation) =>
    OF_CATALOG.has(expectation.kind) ||
    (expectation.kind === 'same-schema' && expectation.reference in applied.references)
  const asked = applied.expectations.filter(canAsk)
  const evidence = toEvidence(applied)
  return {
    judged: asked.length,
    findings: asked.flatMap((expectation) => judge(expectation, evidence)),
    leftOut: applied.expectations.filter((entry) => !canAsk(entry)).map(toTitle),
  }
}

function toEvidence({
  phase,
  before,
  target,
  migrations,
  words,
  references,
  now,
}: AppliedPhase): PhaseEvidence {
  const place = { key: '', database: '', content: { tables: [], changes: [] } }
  const rowCounts = Object.fromEntries(Object.entries(target.rows).map(([name, { rows }]) => [name, rows]))
  const history = target.history.map((row) => ({ ...row, logs: null }))
  // Rows began at another moment where the phase was proven, so those of the target itself tell what was there before it.
  const earlier = new Set(before.history.map(({ name }) => name))
  return {
    phase: phase.id,
    before: { ...place, ...before, history: history.filter(({ name }) => earlier.has(name)) },
    after: {
      ...place,
      schema: target.schema,
      history,
      otherHistories: target.otherHistories,
      rowCounts,
    },
    replay: { applied: phase.migrations, failure: null, session: [], durationMs: 0 },
    migrations,
    missingDependency: null,
    probes: [],
    rewrites: [],
    judgedOn: now.slice(0, 10),
    preconditions: [],
    maskedReads: [],
    references,
    words,
  }
}

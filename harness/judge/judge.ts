import type { PhaseEvidence } from '../model/checkpoint.ts'
import type { Expectation, ExpectationKind } from '../model/expectation.ts'
import type { Finding } from '../model/finding.ts'
import type { Check, ExpectationOf } from './checks/check.ts'
import { checkCheckConstraint } from './checks/check-constraint.ts'
import { checkColumn } from './checks/column.ts'
import { checkForeignKey } from './checks/foreign-key.ts'
import { checkHistoryKnown, checkMigrationRecorded, checkMigrationsApplied } from './checks/history.ts'
import { checkIndex } from './checks/index.ts'
import { checkPrimaryKey, checkUnique } from './checks/keys.ts'
import { checkNothingDropped } from './checks/nothing-dropped.ts'
import { checkNothingElseChanged } from './checks/nothing-else-changed.ts'
import { checkProbe } from './checks/probe.ts'
import { checkRowsKept } from './checks/rows-kept.ts'
import { checkSameSchema } from './checks/same-schema.ts'
import { checkColumns, checkTable } from './checks/table.ts'
import { checkEnum, checkSequence } from './checks/types-and-sequences.ts'
import { toTitle } from './title.ts'

const checks: { readonly [K in ExpectationKind]: Check<K> } = {
  table: checkTable,
  column: checkColumn,
  columns: checkColumns,
  'primary-key': checkPrimaryKey,
  unique: checkUnique,
  'foreign-key': checkForeignKey,
  check: checkCheckConstraint,
  index: checkIndex,
  enum: checkEnum,
  sequence: checkSequence,
  probe: checkProbe,
  'same-schema': checkSameSchema,
  'migrations-applied': checkMigrationsApplied,
  'migration-recorded': checkMigrationRecorded,
  'history-known': checkHistoryKnown,
  'rows-kept': checkRowsKept,
  'nothing-dropped': checkNothingDropped,
  'nothing-else-changed': checkNothingElseChanged,
}

/** Holds one expectation against the evidence of its phase. Pure; no findings means it is met. */
export function judge(expectation: Expectation, evidence: PhaseEvidence): readonly Finding[] {
  const check = checks[expectation.kind] as Check<ExpectationKind>
  const found = check(expectation as ExpectationOf<ExpectationKind>, evidence)
  return found.map((entry) => ({ ...entry, phase: evidence.phase, expectation: toTitle(expectation) }))
}

/** Can this expectation be judged at all? After a failed replay only the history speaks; the rest did not run. */
export function isJudgeable(expectation: Expectation, evidence: PhaseEvidence): boolean {
  return evidence.replay.failure === null || expectation.kind === 'migrations-applied'
}

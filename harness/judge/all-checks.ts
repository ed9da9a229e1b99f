import type { Expectation, ExpectationKind } from '../model/expectation.ts'
import { alternativesHold } from './checks/alternatives-hold.ts'
import { check } from './checks/check.ts'
import { claimsHold } from './checks/claims-hold.ts'
import { column } from './checks/column.ts'
import { columns } from './checks/columns.ts'
import { converges } from './checks/converges.ts'
import { deploysAgain } from './checks/deploys-again.ts'
import { deploysAtOnce } from './checks/deploys-at-once.ts'
import { enumType } from './checks/enum.ts'
import { foreignKey } from './checks/foreign-key.ts'
import { historyKnown } from './checks/history-known.ts'
import { historyTrue } from './checks/history-true.ts'
import { index } from './checks/index.ts'
import { migrationRecorded } from './checks/migration-recorded.ts'
import { migrationsApplied } from './checks/migrations-applied.ts'
import { noOrphans } from './checks/no-orphans.ts'
import { nothingDropped } from './checks/nothing-dropped.ts'
import { nothingElseChanged } from './checks/nothing-else-changed.ts'
import { nothingUnexpected } from './checks/nothing-unexpected.ts'
import { orderFree } from './checks/order-free.ts'
import { preconditionsMet } from './checks/preconditions-met.ts'
import { primaryKey } from './checks/primary-key.ts'
import { probe } from './checks/probe.ts'
import { recovers } from './checks/recovers.ts'
import { restores } from './checks/restores.ts'
import { rollsBack } from './checks/rolls-back.ts'
import { rollsBackAll } from './checks/rolls-back-all.ts'
import { sameSchema } from './checks/same-schema.ts'
import { sequence } from './checks/sequence.ts'
import { table } from './checks/table.ts'
import { tablePart } from './checks/table-part.ts'
import { targetTables } from './checks/target-tables.ts'
import { unique } from './checks/unique.ts'
import { valuesKept } from './checks/values-kept.ts'
import { withinBudget } from './checks/within-budget.ts'
import type { Check } from './define-check.ts'

/** Every kind of expectation with its record; a kind without one does not compile. */
export const allChecks: { readonly [K in ExpectationKind]: Check<K> } = {
  table: table,
  column: column,
  columns: columns,
  'primary-key': primaryKey,
  unique: unique,
  'foreign-key': foreignKey,
  check: check,
  index: index,
  'table-part': tablePart,
  enum: enumType,
  sequence: sequence,
  probe: probe,
  'same-schema': sameSchema,
  'migrations-applied': migrationsApplied,
  'migration-recorded': migrationRecorded,
  'history-known': historyKnown,
  'history-true': historyTrue,
  'preconditions-met': preconditionsMet,
  'values-kept': valuesKept,
  'nothing-dropped': nothingDropped,
  'nothing-else-changed': nothingElseChanged,
  'nothing-unexpected': nothingUnexpected,
  'no-orphans': noOrphans,
  'claims-hold': claimsHold,
  'rolls-back': rollsBack,
  'deploys-again': deploysAgain,
  recovers: recovers,
  'deploys-at-once': deploysAtOnce,
  'order-free': orderFree,
  'alternatives-hold': alternativesHold,
  converges: converges,
  'rolls-back-all': rollsBackAll,
  restores: restores,
  'target-tables': targetTables,
  'within-budget': withinBudget,
}

/** The record of an expectation's kind. */
export function checkOf(expectation: Expectation): Check<ExpectationKind> {
  return allChecks[expectation.kind] as Check<ExpectationKind>
}

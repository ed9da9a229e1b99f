import type { ParsedStatement } from '../../ground/sql/list-statements.ts'
import { visit } from '../../ground/sql/visit.ts'
import { LOCK_MODES, type LockMode, type PredictedCost } from '../../model/cost.ts'
import { type Rewriting, rewriteOf } from './predict-rewrite.ts'

type Fields = Readonly<Record<string, unknown>>
type Say = (table: unknown, mode: LockMode, rewrite?: Rewriting) => void

/**
 * What Postgres would do about a statement, read from its text alone: the strongest lock per table, and which tables would be written
 * anew. Null where the text does not tell, as of a block or a function. Source: LockTableForStatement and AlterTableGetLockLevel.
 * @param namespace where names without one are looked up
 */
export function predictCost({ tag, node }: Pick<ParsedStatement, 'tag' | 'node'>, namespace: string) {
  const rule = RULES[tag]
  if (!rule) return null
  const locks: Record<string, LockMode> = {}
  const rewrites: Record<string, Rewriting> = {}
  const say: Say = (table, mode, rewrite = false) => {
    const { relname, schemaname = namespace } = (table ?? {}) as { relname?: string; schemaname?: string }
    if (relname === undefined) return
    const name = `${schemaname}.${relname}`
    const before = locks[name]
    if (before === undefined || LOCK_MODES.indexOf(mode) > LOCK_MODES.indexOf(before)) locks[name] = mode
    rewrites[name] = strongest(rewrites[name] ?? false, rewrite)
  }
  const fields = (node as unknown as Readonly<Record<string, Fields>>)[tag] ?? {}
  rule(fields, say)
  visit(fields, (_kind, { contype, pktable }) => {
    if (contype === 'CONSTR_FOREIGN') say(pktable, 'ShareRowExclusiveLock')
  })
  return { locks, rewrites } satisfies PredictedCost
}

function strongest(one: Rewriting, other: Rewriting): Rewriting {
  return one === true || other === true ? true : one === 'depends' ? one : other
}

const RULES: Readonly<Record<string, (fields: Fields, say: Say) => void>> = {
  CreateStmt: ({ partbound, inhRelations }, say) => {
    for (const parent of listRanges(inhRelations))
      say(parent, partbound === undefined ? 'ShareUpdateExclusiveLock' : 'AccessExclusiveLock')
  },
  AlterTableStmt: ({ relation, cmds, objtype }, say) => {
    if (objtype !== 'OBJECT_TABLE') return
    for (const { AlterTableCmd: command } of cmds as readonly { AlterTableCmd: Fields }[]) {
      say(relation, lockOf(command), rewriteOf(command))
      sayPartition(command, say)
    }
  },
  RenameStmt: ({ relation, renameType, relationType }, say) => {
    if (renameType === 'OBJECT_TABLE' || relationType === 'OBJECT_TABLE') say(relation, 'AccessExclusiveLock')
  },
  AlterObjectSchemaStmt: ({ relation, objectType }, say) => {
    if (objectType === 'OBJECT_TABLE') say(relation, 'AccessExclusiveLock')
  },
  IndexStmt: ({ relation, concurrent }, say) =>
    say(relation, concurrent ? 'ShareUpdateExclusiveLock' : 'ShareLock'),
  DropStmt: ({ objects, removeType }, say) => {
    if (removeType !== 'OBJECT_TABLE') return
    for (const object of objects as readonly unknown[]) say(toRange(object), 'AccessExclusiveLock')
  },
  TruncateStmt: ({ relations }, say) => {
    for (const table of listRanges(relations)) say(table, 'AccessExclusiveLock')
  },
  LockStmt: ({ relations, mode }, say) => {
    const taken = LOCK_MODES[Number(mode) - 1]
    for (const table of listRanges(relations)) if (taken) say(table, taken)
  },
  InsertStmt: ({ relation }, say) => say(relation, 'RowExclusiveLock'),
  UpdateStmt: ({ relation }, say) => say(relation, 'RowExclusiveLock'),
  DeleteStmt: ({ relation }, say) => say(relation, 'RowExclusiveLock'),
  MergeStmt: ({ relation }, say) => say(relation, 'RowExclusiveLock'),
  CreateTrigStmt: ({ relation }, say) => say(relation, 'ShareRowExclusiveLock'),
  RuleStmt: ({ relation }, say) => say(relation, 'AccessExclusiveLock'),
  CreatePolicyStmt: ({ table }, say) => say(table, 'AccessExclusiveLock'),
  CommentStmt: ({ objtype, object }, say) => {
    if (objtype === 'OBJECT_TABLE') say(toRange(object), 'ShareUpdateExclusiveLock')
    if (objtype === 'OBJECT_COLUMN') say(toRange(object, 1), 'ShareUpdateExclusiveLock')
  },
  ClusterStmt: ({ relation }, say) => say(relation, 'AccessExclusiveLock', true),
  VacuumStmt: ({ rels, options }, say) => {
    const isFull = hasOption(options, 'full')
    for (const { VacuumRelation: entry } of (rels ?? []) as readonly { VacuumRelation: Fields }[])
      say(entry.relation, isFull ? 'AccessExclusiveLock' : 'ShareUpdateExclusiveLock', isFull)
  },
  ReindexStmt: ({ kind, relation, params }, say) => {
    const isConcurrent = hasOption(params, 'concurrently')
    if (kind === 'REINDEX_OBJECT_TABLE')
      say(relation, isConcurrent ? 'ShareUpdateExclusiveLock' : 'ShareLock')
  },
  RefreshMatViewStmt: ({ relation, concurrent }, say) =>
    say(relation, concurrent ? 'ExclusiveLock' : 'AccessExclusiveLock', concurrent ? false : 'depends'),
}

/** Commands of ALTER TABLE with a weaker lock than ACCESS EXCLUSIVE. Source: AlterTableGetLockLevel in tablecmds.c. */
const WEAKER: Readonly<Record<string, LockMode>> = {
  AT_SetStatistics: 'ShareUpdateExclusiveLock',
  AT_ClusterOn: 'ShareUpdateExclusiveLock',
  AT_DropCluster: 'ShareUpdateExclusiveLock',
  AT_SetOptions: 'ShareUpdateExclusiveLock',
  AT_ResetOptions: 'ShareUpdateExclusiveLock',
  AT_SetRelOptions: 'ShareUpdateExclusiveLock',
  AT_ResetRelOptions: 'ShareUpdateExclusiveLock',
  AT_ValidateConstraint: 'ShareUpdateExclusiveLock',
  AT_AttachPartition: 'ShareUpdateExclusiveLock',
  AT_EnableTrig: 'ShareRowExclusiveLock',
  AT_EnableAlwaysTrig: 'ShareRowExclusiveLock',
  AT_EnableReplicaTrig: 'ShareRowExclusiveLock',
  AT_EnableTrigAll: 'ShareRowExclusiveLock',
  AT_EnableTrigUser: 'ShareRowExclusiveLock',
  AT_DisableTrig: 'ShareRowExclusiveLock',
  AT_DisableTrigAll: 'ShareRowExclusiveLock',
  AT_DisableTrigUser: 'ShareRowExclusiveLock',
}

function lockOf({ subtype, def }: Fields): LockMode {
  const { Constraint: constraint, PartitionCmd: partition } = (def ?? {}) as Readonly<Record<string, Fields>>
  if (subtype === 'AT_AddConstraint' && constraint?.contype === 'CONSTR_FOREIGN')
    return 'ShareRowExclusiveLock'
  if (subtype === 'AT_DetachPartition' && partition?.concurrent) return 'ShareUpdateExclusiveLock'
  return WEAKER[String(subtype)] ?? 'AccessExclusiveLock'
}

function sayPartition({ def }: Fields, say: Say): void {
  const { PartitionCmd: partition } = (def ?? {}) as Readonly<Record<string, Fields>>
  if (partition && !partition.concurrent) say(partition.name, 'AccessExclusiveLock')
}

function listRanges(nodes: unknown): unknown[] {
  return ((nodes ?? []) as readonly { RangeVar?: unknown }[]).map(({ RangeVar }) => RangeVar)
}

/** A table written as a list of names; `beyond` names at its end are of something inside of it. */
function toRange(object: unknown, beyond = 0): Fields {
  const { List: list } = object as { List?: { items?: readonly { String?: { sval?: string } }[] } }
  const names = (list?.items ?? []).map((item) => item.String?.sval)
  const [relname, schemaname] = names.slice(0, names.length - beyond).reverse()
  return { relname, ...(schemaname !== undefined && { schemaname }) }
}

function hasOption(options: unknown, name: string): boolean {
  return ((options ?? []) as readonly { DefElem?: { defname?: string } }[]).some(
    ({ DefElem }) => DefElem?.defname === name,
  )
}

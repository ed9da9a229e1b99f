import type { PhaseEvidence } from '../../model/checkpoint.ts'
import type { ColumnChange, TableChange } from '../../model/content.ts'
import type { Loss, Rewrite } from '../../model/declaration.ts'
import type { ValuesKeptExpectation } from '../../model/expectation.ts'
import type { FindingEvidence } from '../../model/finding.ts'
import { appliedOf } from '../applied-of.ts'
import {
  isBound,
  toBoundRewriteLine,
  toInsertLine,
  toLossLine,
  toLossName,
  toRenameLine,
  toRewriteLine,
} from '../declaration-text.ts'
import type { Check } from '../define-check.ts'
import { describeChange } from '../describe-change.ts'
import { toShortName } from '../look-up.ts'
import { toNames } from '../names-object.ts'
import { renamesOf } from '../renames-of.ts'
import { whyVoid } from '../void-declarations.ts'

/** A rename is declared, and so is each row and each value that another one takes the place of. */
export const valuesKept: Check<'values-kept'> = {
  title: () => 'keeps every row, value and name that it does not declare',
  judge: (expectation, evidence) => {
    const isNamed = toNames([...expectation.changes, ...expectation.drops])
    const changes = evidence.after.content.changes
    return [
      ...judgeRenames(expectation, evidence),
      ...voidDeclarations(expectation, evidence),
      ...unusedDeclarations(expectation, evidence),
      ...changes
        .filter(({ table }) => isNamed(table) || expectation.changes.includes('*'))
        .flatMap((change) => judgeTable(change, expectation, evidence)),
      ...changes
        .filter(({ table, isDropped }) => !isNamed(table) && !expectation.changes.includes('*') && !isDropped)
        .map((change) => ({
          kind: 'changed-outside-phase' as const,
          table: toShortName(change.table),
          differences: describeChange(change),
        })),
      ...judgeRewrites(expectation, evidence),
    ]
  },
}

function judgeRenames(
  { declared }: ValuesKeptExpectation,
  evidence: PhaseEvidence,
): readonly FindingEvidence[] {
  const found = renamesOf(evidence)
  const isDeclared = ({ from, to }: { readonly from: string; readonly to: string }) =>
    declared.renames.some((entry) => isSame(entry.from, from) && isSame(entry.to, to))
  const missed = declared.renames.filter(
    (entry) => !found.some(({ from, to }) => isSame(entry.from, from) && isSame(entry.to, to)),
  )
  return [
    ...found
      .filter((entry) => !isDeclared(entry))
      .map(({ what, from, to }) => ({
        kind: 'renamed' as const,
        what,
        from,
        to,
        declaration: toRenameLine(from, to),
      })),
    ...missed.map(({ from, to }) =>
      toUnused(`renames ${from} to ${to}`, `${from} goes on as ${to}`, 'no such rename'),
    ),
  ]
}

function judgeTable(
  change: TableChange,
  { declared, drops }: ValuesKeptExpectation,
  evidence: PhaseEvidence,
): readonly FindingEvidence[] {
  const table = toShortName(change.table)
  const migrations = appliedOf(evidence)
  // What is dropped and not named under `drops` is told as dropped; its rows would say the same again.
  const isDropped = toNames(drops)
  if (change.isDropped && !isDropped(change.table)) return []
  const shared = { table, before: change.rows, key: change.key }
  const loss = declared.loses.find((entry) => 'table' in entry && isSame(entry.table, table))
  const insertion = declared.inserts.find((entry) => isSame(entry.table, table))
  const { lost, added } = change
  return [
    ...(lost.rows === 0 || isNumber(loss?.rows, lost.rows, evidence)
      ? []
      : [
          {
            kind: 'rows-lost' as const,
            ...shared,
            ...lost,
            declared: loss?.rows ?? null,
            declaration: toLossLine('table', table, lost.rows, migrations),
          },
        ]),
    ...(added.rows === 0 || isNumber(insertion?.rows, added.rows, evidence)
      ? []
      : [
          {
            kind: 'rows-added' as const,
            ...shared,
            ...added,
            declared: insertion?.rows ?? null,
            declaration: toInsertLine(table, added.rows),
          },
        ]),
    ...change.columns.flatMap((column): FindingEvidence[] => {
      const name = `${table}.${column.column}`
      const loss = declared.loses.find((entry) => 'column' in entry && isSame(entry.column, name))
      const rewrite = declared.rewrites.find((entry) => isSame(entry.column, name))
      // A rewrite that empties some rows has both; the loss then counts those alone.
      const isRewritten = rewrite !== undefined && 'how' in rewrite && column.fate === 'kept'
      const number = isRewritten
        ? rewrite.rows
        : (loss ?? (column.fate === 'dropped' ? undefined : rewrite))?.rows
      if (isNumber(number, column.rows, evidence)) return []
      if (column.fate === 'recreated' && column.rows === 0 && isDropped(`${change.table}.${column.column}`))
        return []
      const lossLine = toLossLine('column', name, column.rows, migrations)
      const values = { ...shared, column: column.column, rows: column.rows, declared: number ?? null }
      if (column.fate === 'dropped') {
        if (!isDropped(`${change.table}.${column.column}`)) return []
        const { key, ...lost } = values
        return [{ kind: 'values-lost', ...lost, declaration: lossLine }]
      }
      const declaration = column.fate === 'recreated' ? lossLine : toRewriteLine(name, column.rows)
      return [{ kind: 'values-changed', ...values, keys: column.keys, why: toCause(column), declaration }]
    }),
  ]
}

/** Is it the declared number of rows? Of multiplied rows there may be more. */
function isNumber(declared: number | undefined, found: number, { isMultiplied }: PhaseEvidence): boolean {
  return declared === found || (isMultiplied === true && declared !== undefined && declared <= found)
}

function toCause({ fate, retyped }: ColumnChange): string | null {
  if (fate === 'recreated') return 'the column was dropped and another one of its name added'
  return retyped ? `the type became ${retyped.to}, it was ${retyped.from}` : null
}

function judgeRewrites(
  { declared }: ValuesKeptExpectation,
  evidence: PhaseEvidence,
): readonly FindingEvidence[] {
  const { rewrites, after } = evidence
  return rewrites.flatMap(({ column, wrong, emptied, key, how, refusal }): FindingEvidence[] => {
    if (refusal) {
      return [
        {
          kind: 'declaration-void',
          declaration: `rewrites ${column}`,
          expected: `SQL over a row of the table as it is before the phase: ${how}`,
          found: `refused with ${refusal.sqlstate}: ${refusal.message}`,
          remedy: 'Write SQL that reads only columns which are there before the phase.',
        },
      ]
    }
    const at = column.lastIndexOf('.')
    const table = column.slice(0, at)
    const change = after.content.changes.find((one) => isSame(toShortName(one.table), table))
    const name = column.slice(at + 1)
    const loss = declared.loses.find((entry) => 'column' in entry && isSame(entry.column, column))
    if (wrong.rows === 0) {
      if (emptied === 0 || isNumber(loss?.rows, emptied, evidence)) return []
      const declaration = toLossLine('column', column, emptied, appliedOf(evidence))
      const lost = {
        table,
        column: name,
        before: change?.rows ?? 0,
        rows: emptied,
        declared: loss?.rows ?? null,
      }
      return [{ kind: 'values-lost', ...lost, how, declaration }]
    }
    const values = { table, column: name, before: change?.rows ?? 0, declared: null, key, ...wrong }
    const rows = change?.columns.find((one) => one.column === name)?.rows ?? wrong.rows
    const declaration = toBoundRewriteLine(column, rows, appliedOf(evidence))
    return [{ kind: 'values-changed', ...values, why: null, how, declaration }]
  })
}

function voidDeclarations(
  { declared }: ValuesKeptExpectation,
  evidence: PhaseEvidence,
): readonly FindingEvidence[] {
  const bound = [
    ...declared.loses.map((entry) => ({ name: `loses ${toLossName(entry)}`, entry })),
    ...declared.rewrites.map((entry) => ({ name: `rewrites ${entry.column}`, entry })),
  ]
  return bound.flatMap(({ name, entry }) => {
    const reason = isBound(entry) ? whyVoid(entry, evidence) : null
    return reason ? [{ kind: 'declaration-void' as const, declaration: name, ...reason }] : []
  })
}

/** Declarations of something that did not happen at all: they would excuse what an edit brings later. */
function unusedDeclarations(
  { declared }: ValuesKeptExpectation,
  { after }: PhaseEvidence,
): readonly FindingEvidence[] {
  const { changes } = after.content
  const of = (name: string) => changes.find(({ table }) => isSame(toShortName(table), name))
  const ofColumn = (name: string) =>
    changes
      .flatMap(({ table, columns }) => columns.map(({ column }) => `${toShortName(table)}.${column}`))
      .some((column) => isSame(column, name))
  const isUnused = (entry: Loss | Rewrite) =>
    'column' in entry ? !ofColumn(entry.column) : !of(entry.table)?.lost.rows
  return [
    ...declared.loses
      .filter((entry) => entry.rows > 0 && isUnused(entry))
      .map((entry) =>
        toUnused(`loses ${toLossName(entry)}`, `${entry.rows} rows lose it`, 'nothing was lost'),
      ),
    ...declared.rewrites
      .filter((entry) => entry.rows > 0 && isUnused(entry))
      .map(({ column, rows }) => toUnused(`rewrites ${column}`, `${rows} rows change`, 'no value changed')),
    ...declared.inserts
      .filter((entry) => entry.rows > 0 && !of(entry.table)?.added.rows)
      .map(({ table, rows }) => toUnused(`inserts ${table}`, `${rows} rows are added`, 'no row was added')),
  ]
}

function toUnused(declaration: string, expected: string, found: string): FindingEvidence {
  const remedy =
    'Look whether the migration still does it on these rows, and whether the name is right; else remove it.'
  return { kind: 'declaration-void', declaration, expected, found, remedy }
}

function isSame(written: string, found: string): boolean {
  return toNames([written])(found)
}

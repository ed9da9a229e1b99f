import type { FindingEvidence } from '../model/finding.ts'
import type { IndexModel, TableModel } from '../model/schema-model.ts'
import { isSameDefinition } from './canonical.ts'
import { sameList, toTuple } from './look-up.ts'

/** What an index must be; null where anything will do. */
export interface WantedIndex {
  readonly keys: readonly string[]
  /** True when the order of the keys counts. */
  readonly isOrdered: boolean
  readonly unique: boolean
  readonly where: string | null
  readonly method: string
  readonly include: readonly string[]
  readonly nullsNotDistinct: boolean
  readonly parameters: readonly string[] | null
  readonly name: string | null
}

/** A valid index of that kind, or the finding that says what stands in its place; null when nothing near it is there. */
export function findIndex(
  { indexes }: TableModel,
  wanted: WantedIndex,
  table: string,
): { readonly index: IndexModel } | { readonly finding: FindingEvidence } | null {
  const compared = indexes.map((index) => ({ index, differences: compare(wanted, index) }))
  const same = compared.filter(({ differences }) => differences.length === 0).map(({ index }) => index)
  const valid = same.find((index) => index.valid && index.ready)
  if (valid) return { index: valid }
  const [invalid] = same
  if (invalid) {
    const { name, definition } = invalid
    return { finding: { kind: 'invalid-index', table, index: name, definition } }
  }
  const [nearest] = compared
    .filter(({ index }) => !index.primary && isNear(wanted, index))
    .sort((a, b) => a.differences.length - b.differences.length)
  if (!nearest) return null
  const { index, differences } = nearest
  const expected = differences.map((difference) => difference.expected).join(', ')
  const found = `${differences.map((difference) => difference.found).join(', ')}: ${index.definition}`
  return { finding: { kind: 'wrong-index', table, name: index.name, expected, found } }
}

/** Is it exactly the wanted index, valid or not? */
export function isWanted(wanted: WantedIndex, index: IndexModel): boolean {
  return compare(wanted, index).length === 0
}

/** Is it over the same columns in any order, or of the wanted name? */
export function isAlike({ keys, name }: WantedIndex, index: IndexModel): boolean {
  return index.name === name || sameSet(keys.map(toBareKey), index.bareKeys)
}

/** An index as a person asks for it. */
export function describeWanted(wanted: WantedIndex): string {
  const { keys, unique, where, method, include, nullsNotDistinct, parameters, name } = wanted
  return [
    unique ? 'unique index' : 'index',
    ...(name === null ? [] : [name]),
    `using ${method} ${toTuple(keys)}`,
    ...(include.length === 0 ? [] : [toInclude(include)]),
    ...(nullsNotDistinct ? ['nulls not distinct'] : []),
    ...(parameters === null || parameters.length === 0 ? [] : [`with ${toTuple(parameters)}`]),
    ...(where === null ? [] : [`where ${where}`]),
  ].join(' ')
}

interface Difference {
  readonly expected: string
  readonly found: string
}

function compare(wanted: WantedIndex, index: IndexModel): Difference[] {
  const { keys } = index
  const sameKeys = wanted.isOrdered ? sameList(keys, wanted.keys) : sameSet(keys, wanted.keys)
  const parameters = wanted.parameters === null ? null : [...wanted.parameters].sort()
  return [
    differ(sameKeys, toTuple(wanted.keys), toTuple(keys)),
    differ(wanted.unique === index.unique, toUnique(wanted.unique), toUnique(index.unique)),
    differ(wanted.method === index.method, `using ${wanted.method}`, `using ${index.method}`),
    differ(sameList(wanted.include, index.include), toInclude(wanted.include), toInclude(index.include)),
    differ(
      wanted.nullsNotDistinct === index.nullsNotDistinct,
      toNulls(wanted.nullsNotDistinct),
      toNulls(index.nullsNotDistinct),
    ),
    differ(
      parameters === null || sameList(parameters, index.parameters),
      toParameters(parameters ?? []),
      toParameters(index.parameters),
    ),
    differ(isSameDefinition(wanted.where, index.where), toPredicate(wanted.where), toPredicate(index.where)),
    differ(
      wanted.name === null || wanted.name === index.name,
      `the name ${wanted.name}`,
      `the name ${index.name}`,
    ),
  ].flat()
}

/** An index over the same columns, or of the same name, is what the wanted one was confused with. */
function isNear({ keys, isOrdered, unique, name }: WantedIndex, index: IndexModel): boolean {
  if (name !== null && name === index.name) return true
  if (unique && !isOrdered && !index.unique) return false
  const bare = keys.map(toBareKey)
  return isOrdered ? sameList(bare, index.bareKeys) : sameSet(bare, index.bareKeys)
}

function differ(isSame: boolean, expected: string, found: string): Difference[] {
  return isSame ? [] : [{ expected, found }]
}

function withoutDirection(key: string): string {
  return key.replace(/( DESC)?( NULLS (FIRST|LAST))?$/, '')
}

function toBareKey(key: string): string {
  const plain = withoutDirection(key).replace(/ COLLATE "[^"]+"/, '')
  return plain.replace(/ \w+_ops( \([^()]*\))?$/, '')
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return sameList([...a].sort(), [...b].sort())
}

function toUnique(unique: boolean): string {
  return unique ? 'unique' : 'not unique'
}

function toNulls(nullsNotDistinct: boolean): string {
  return nullsNotDistinct ? 'nulls not distinct' : 'nulls distinct'
}

function toInclude(columns: readonly string[]): string {
  return columns.length === 0 ? 'no included columns' : `include ${toTuple(columns)}`
}

function toParameters(parameters: readonly string[]): string {
  return parameters.length === 0 ? 'no storage parameters' : `with ${toTuple(parameters)}`
}

function toPredicate(where: string | null): string {
  return where === null ? 'no predicate' : `where ${where}`
}

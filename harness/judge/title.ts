import type { Expectation, ExpectationKind } from '../model/expectation.ts'
import { toCanonicalType } from './canonical.ts'
import type { ExpectationOf } from './checks/check.ts'

const titles: { readonly [K in ExpectationKind]: (expectation: ExpectationOf<K>) => string } = {
  table: ({ table, exists }) => (exists ? `table ${table} exists` : `table ${table} does not exist`),
  column: (entry) =>
    `${entry.table}.${entry.column} is ${toCanonicalType(entry.type)}${entry.nullable ? '' : ' not null'}${entry.default === null ? '' : ` default ${entry.default}`}`,
  columns: ({ table, columns }) => `${table} has exactly ${columns.length} columns`,
  'primary-key': ({ table, columns }) => `${table} has primary key (${columns.join(', ')})`,
  unique: ({ table, columns }) => `${table} is unique over (${columns.join(', ')})`,
  'foreign-key': ({ table, columns, references, onDelete, onUpdate }) =>
    `${table}(${columns.join(', ')}) references ${references.table}(${references.columns.join(', ')}) on delete ${onDelete.toLowerCase()} on update ${onUpdate.toLowerCase()}`,
  check: ({ table, name, definition }) =>
    `${table} has check ${name}${definition === undefined ? '' : ` ${definition}`}`,
  index: ({ table, keys, unique, where, name, method, include }) =>
    `${table} has ${unique ? 'unique ' : ''}index ${name === undefined ? '' : `${name} `}on ${method ?? ''}(${keys.join(', ')})${include === undefined ? '' : ` include (${include.join(', ')})`}${where === null ? '' : ` where ${where}`}`,
  enum: ({ name, values }) => `enum ${name} is ${values.join(', ')}`,
  sequence: ({ name }) => `sequence ${name} is ahead of its column`,
  probe: ({ title, outcome }) =>
    outcome === 'accepted' ? `accepts: ${title}` : `refuses with ${outcome.refusedWith}: ${title}`,
  'same-schema': ({ reference }) => `schema equals ${reference}`,
  'migrations-applied': ({ applied }) =>
    `applies exactly ${applied.length} migrations, finished, in order, unedited`,
  'migration-recorded': ({ migration }) => `${migration} is recorded already, unedited`,
  'history-known': ({ known }) => `production's history holds only migrations of the plan (${known.length})`,
  'rows-kept': () => 'keeps the rows of every table',
  'nothing-dropped': () => 'drops nothing it does not name',
  'nothing-else-changed': () => 'changes nothing it does not name',
}

/** An expectation as a claim: the name of its test. */
export function toTitle(expectation: Expectation): string {
  const title = titles[expectation.kind] as (entry: Expectation) => string
  return title(expectation)
}

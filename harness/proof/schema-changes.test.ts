import { describe, expect, it } from 'vitest'
import { makeReportExample } from '../testing/report-example.ts'
import { toSchemaChanges } from './schema-changes.ts'

const { start } = makeReportExample({ phases: 1, tables: 2, endpoints: 0 }).states
const schema = start.schema
const [first, second] = schema.tables
if (!first || !second) throw new Error('The example has two tables.')

const withTables = (...tables: typeof schema.tables) => ({ ...schema, tables })
const summary = (changes: ReturnType<typeof toSchemaChanges>) =>
  changes.tables.map(({ table, fate, renamedFrom, parts }) => [
    table,
    fate,
    renamedFrom,
    parts.filter((part) => part.fate !== 'same').map((part) => `${part.fate} ${part.what} ${part.name}`),
  ])

describe('what differs between two schemas', () => {
  it('is nothing between a schema and itself', () => {
    expect(toSchemaChanges(schema, schema)).toEqual({ tables: [], others: [] })
  })

  it('is each table that is new or gone', () => {
    const [one, two] = [withTables(first), withTables(second)]
    expect(toSchemaChanges(one, two).tables.map(({ table, fate }) => [table, fate])).toEqual([
      ['public.t1', 'new'],
      ['public.t0', 'gone'],
    ])
  })

  it('is each column that is new, gone or another, also where only its default is', () => {
    const [id, parent, note] = first.columns
    if (!id || !parent || !note) throw new Error('The example has three columns.')
    const columns = [id, { ...parent, default: '1' }, { ...note, name: 'remark' }]
    const changes = toSchemaChanges(withTables(first), withTables({ ...first, columns }))
    expect(summary(changes)).toEqual([
      [
        'public.t0',
        'changed',
        null,
        ['changed column parent', 'new column remark', 'gone column note', 'gone column column2'],
      ],
    ])
  })

  it('is a rename, where the phase declares it, and else something gone and something new', () => {
    const after = withTables({
      ...first,
      name: 'things',
      columns: first.columns.map((one) => (one.name === 'note' ? { ...one, name: 'remark' } : one)),
    })
    const renames = [
      { from: 't0', to: 'things' },
      { from: 't0.note', to: 'things.remark' },
    ]
    expect(summary(toSchemaChanges(withTables(first), after, renames))).toEqual([
      ['public.things', 'changed', 'public.t0', ['changed column remark']],
    ])
    expect(toSchemaChanges(withTables(first), after).tables.map(({ fate }) => fate)).toEqual(['new', 'gone'])
  })

  it('is an enum with another value', () => {
    const enums = schema.enums.map((one) => ({ ...one, values: [...one.values, 'more'] }))
    expect(toSchemaChanges(schema, { ...schema, enums }).others).toEqual([
      { name: 'enum e', fate: 'changed' },
    ])
  })
})

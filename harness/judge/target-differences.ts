import type { SchemaModel, TableModel } from '../model/schema-model.ts'
import { schemaDifferences } from './differences.ts'
import { toSayable } from './to-sayable.ts'

/**
 * Differences between a database and the schema that a tool's file makes, as far as the file can say it. A part under another name is
 * one difference.
 */
export function targetDifferences(target: SchemaModel, found: SchemaModel): string[] {
  const expected = toSayable(target, target)
  const actual = toSayable(found, target)
  const renamed: string[] = []
  const tables = actual.tables.map((table) => {
    const counterpart = expected.tables.find((entry) => isSame(entry, table))
    return counterpart ? withNamesOf(counterpart, table, renamed) : table
  })
  return [...schemaDifferences(expected, { ...actual, tables }), ...renamed]
}

/** A constraint or an index that is there under another name takes the expected one, and the name is told. */
function withNamesOf(expected: TableModel, table: TableModel, renamed: string[]): TableModel {
  const rename = <T extends Named>(sort: string, wanted: readonly T[], found: readonly T[]): T[] => {
    const missing = wanted.filter(({ name }) => !found.some((entry) => entry.name === name))
    return found.map((entry) => {
      if (wanted.some(({ name }) => name === entry.name)) return entry
      const place = missing.findIndex(({ definition }) => definition === entry.definition)
      const [meant] = place < 0 ? [] : missing.splice(place, 1)
      if (!meant) return entry
      renamed.push(`${table.name}: ${sort} ${meant.name} has the name ${entry.name} (${entry.definition})`)
      return { ...entry, name: meant.name }
    })
  }
  return {
    ...table,
    constraints: rename('constraint', expected.constraints, table.constraints),
    indexes: rename('index', expected.indexes, table.indexes),
  }
}

interface Named {
  readonly name: string
  readonly definition: string
}

function isSame(a: TableModel, b: TableModel): boolean {
  return a.namespace === b.namespace && a.name === b.name
}

import type { IndexModel, SchemaModel, TableModel } from '../model/schema-model.ts'
import { qualify } from './look-up.ts'

/**
 * A schema without what a tool's schema file cannot say and `reference`, which was made from one, does not have: checks, exclusions,
 * triggers, policies, partial and expression indexes, views, functions, extensions, sequences of no column. Migrations add them by hand.
 */
export function withoutUnsayable(schema: SchemaModel, reference: SchemaModel): SchemaModel {
  const tables = new Map(reference.tables.map((table) => [toKey(table), table]))
  return {
    ...schema,
    tables: schema.tables.map((table) => {
      const counterpart = tables.get(toKey(table))
      return counterpart ? withoutUnsayableParts(table, counterpart) : table
    }),
    sequences: schema.sequences.filter(
      (sequence) => sequence.ownedBy !== null || isIn(reference.sequences, sequence),
    ),
    views: schema.views.filter((view) => isIn(reference.views, view)),
    functions: schema.functions.filter((entry) => isIn(reference.functions, entry)),
    extensions: schema.extensions.filter((extension) => isIn(reference.extensions, extension)),
    objects: schema.objects.filter(({ kind, name }) =>
      reference.objects.some((entry) => entry.kind === kind && entry.name === name),
    ),
  }
}

function withoutUnsayableParts(table: TableModel, reference: TableModel): TableModel {
  return {
    ...table,
    constraints: table.constraints.filter(
      (constraint) =>
        (constraint.kind !== 'check' && constraint.kind !== 'exclusion') ||
        isIn(reference.constraints, constraint),
    ),
    indexes: table.indexes.filter((index) => isSayable(index) || isIn(reference.indexes, index)),
    triggers: table.triggers.filter((trigger) => isIn(reference.triggers, trigger)),
    policies: table.policies.filter((policy) => isIn(reference.policies, policy)),
    rowSecurity: reference.rowSecurity,
    properties: reference.properties,
  }
}

function isSayable({ where, keys }: IndexModel): boolean {
  return where === null && !keys.some((key) => key.includes('('))
}

function isIn(list: readonly { readonly name: string }[], { name }: { readonly name: string }): boolean {
  return list.some((entry) => entry.name === name)
}

function toKey({ namespace, name }: TableModel): string {
  return qualify(`${namespace}.${name}`)
}

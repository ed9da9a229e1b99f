import { quoteName, quoteText } from '../ground/quote.ts'
import { type Condition, label, orReason } from './constraint-conditions.ts'
import type { DatabaseState } from './database-state.ts'
import { toStateSql } from './expression.ts'
import { type Of, toNames } from './sql-tree.ts'

/** An enum gains a value, or one of its values gets another name. */
export function followEnum(
  { typeName, oldVal, newVal = '' }: Of<'AlterEnumStmt'>,
  state: DatabaseState,
): void {
  const key = state.typeKeyOf(toNames(typeName))
  const known = state.enums.get(key)
  if (!known) return
  const values = oldVal
    ? known.values.map((value) => (value === oldVal ? newVal : value))
    : [...new Set([...known.values, newVal])]
  state.changeEnum(key, values)
  if (!oldVal) return
  const [from, to] = [quoteText(oldVal), quoteText(newVal)]
  for (const table of state.tables.values()) {
    const renamed = [...table.columns].flatMap(([name, { type }]): [string, string][] => {
      if (state.enumOf(type)?.key !== key) return []
      const column = quoteName(name)
      if (type.endsWith(']')) return [[name, `array_replace(${column}, ${from}, ${to})`]]
      return [[name, `CASE ${column} WHEN ${from} THEN ${to} ELSE ${column} END`]]
    })
    if (renamed.length > 0) state.project(table, new Map(renamed))
  }
}

/** A rule of a domain holds for every column of that type. */
export async function followDomain(
  alter: Of<'AlterDomainStmt'>,
  state: DatabaseState,
): Promise<readonly Condition[]> {
  const key = state.typeKeyOf(toNames(alter.typeName))
  const definition = alter.def && 'Constraint' in alter.def ? alter.def.Constraint : undefined
  if (alter.subtype !== 'O' && !(alter.subtype === 'C' && definition && !definition.skip_validation))
    return []
  const conditions: Condition[] = []
  for (const table of state.tables.values()) {
    for (const [name, { type }] of table.columns) {
      const bare = type.replaceAll('"', '')
      if (bare !== key && `public.${bare}` !== key) continue
      const column = `${quoteName(table.name)}.${quoteName(name)}`
      const from = `(SELECT ${column} AS "value" FROM ${table.source} AS ${quoteName(table.name)}) AS v`
      const sql = await orReason(async () =>
        definition?.raw_expr
          ? `SELECT count(*) FROM ${from} WHERE NOT (${await toStateSql(definition.raw_expr, state)})`
          : `SELECT count(*) FROM ${from} WHERE "value" IS NULL`,
      )
      conditions.push({
        kind: 'fails',
        counts: `rows of ${label(table)} whose ${name} breaks a rule of ${key}`,
        sql,
        of: table,
      })
    }
  }
  return conditions
}

import pg from 'pg'

/** An identifier as SQL: always quoted. */
export function quoteName(name: string): string {
  return pg.escapeIdentifier(name)
}

/** A table's full name as SQL. */
export function quoteTable(table: { readonly namespace: string; readonly name: string }): string {
  return `${quoteName(table.namespace)}.${quoteName(table.name)}`
}

import pg from 'pg'

/** Renders an identifier as SQL, always quoted. */
export function quoteName(name: string): string {
  return pg.escapeIdentifier(name)
}

/** Renders a table's full name as SQL. */
export function quoteTable(table: { readonly namespace: string; readonly name: string }): string {
  return `${quoteName(table.namespace)}.${quoteName(table.name)}`
}

/** Renders a text as an SQL literal, for utility statements that take no parameters. */
export function quoteText(text: string): string {
  return pg.escapeLiteral(text)
}

import { readFileSync } from 'node:fs'
import type { ClientBase, QueryResultRow } from 'pg'

const texts = new Map<string, string>()

/** Runs `queries/<name>.sql` and returns its rows. */
export async function query<Row extends QueryResultRow>(client: ClientBase, name: string): Promise<Row[]> {
  let text = texts.get(name)
  if (text === undefined) {
    text = readFileSync(new URL(`./queries/${name}.sql`, import.meta.url), 'utf8')
    texts.set(name, text)
  }
  return (await client.query<Row>(text)).rows
}

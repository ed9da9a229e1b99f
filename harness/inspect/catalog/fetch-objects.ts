import { readFileSync } from 'node:fs'
import type { ClientBase } from 'pg'
import type { CatalogObject, CatalogProperty } from '../../model/schema-model.ts'

interface PropertyRow extends CatalogProperty {
  readonly kind: string
  readonly object: string
}

/** Each answers with rows of kind, object, property, definition and effect; the first two only prepare. */
const QUERIES = [
  'relations',
  'relation-parts',
  'types',
  'routines',
  'rights',
  'comments',
  'replication',
  'foreign-data',
  'operators',
  'text-search',
  'database',
  'not-modelled',
] as const

let text: string | undefined

/**
 * Reads what the typed parts of the model leave out of a database, in one query: objects of every kind with their properties, sorted
 * by kind and name. The connection must have an empty search_path.
 */
export async function fetchObjects(client: ClientBase): Promise<CatalogObject[]> {
  text ??= [
    readQuery('begin'),
    readQuery('granted'),
    'SELECT * FROM (',
    QUERIES.map(readQuery).join('\nUNION ALL\n'),
    ') AS found ("kind", "object", "name", "definition", "effect")',
  ].join('\n')
  const { rows } = await client.query<PropertyRow>(text)
  const unknown = rows.filter(({ kind }) => kind === 'catalog').map(({ object }) => object)
  const known = rows.filter(({ kind }) => kind !== 'catalog')
  return toObjects([...known, ...(await fetchUnknown(client, unknown))])
}

function readQuery(name: string): string {
  return readFileSync(new URL(`./queries/${name}.sql`, import.meta.url), 'utf8')
}

/** What stands in catalogs that no query of ours knows: a digest of each row is enough to see that it changed. */
async function fetchUnknown(client: ClientBase, catalogs: readonly string[]): Promise<PropertyRow[]> {
  if (catalogs.length === 0) return []
  const selects = catalogs.map(
    (name) => `SELECT 'not modelled' AS "kind", '${name} ' || oid AS "object", 'definition' AS "name",
      'digest ' || left(md5(row::text), 8) AS "definition", 'environment' AS "effect" FROM pg_catalog."${name}" AS row WHERE oid >= 16384`,
  )
  return (await client.query<PropertyRow>(selects.join('\nUNION ALL\n'))).rows
}

function toObjects(rows: readonly PropertyRow[]): CatalogObject[] {
  const objects = new Map<string, { kind: string; name: string; properties: CatalogProperty[] }>()
  for (const { kind, object, name, definition, effect } of rows) {
    const key = `${kind} ${object}`
    const found = objects.get(key)
    if (found) found.properties.push({ name, definition, effect })
    else objects.set(key, { kind, name: object, properties: [{ name, definition, effect }] })
  }
  const sorted = [...objects].sort(([a], [b]) => byText(a, b)).map(([, object]) => object)
  for (const { properties } of sorted) properties.sort((a, b) => byText(a.name, b.name))
  return sorted
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

import type pg from 'pg'
import { AFTER_ROWS, BEFORE_ROWS, DEPENDENCIES, UNSUPPORTED } from './schema-objects.ts'

/** A schema rendered from the catalogs, and what could not be rendered. */
interface RenderedSchema {
  readonly preData: string
  readonly postData: string
  /** Objects that were not rendered, such as `operator ===`. Without them the schema would be another one. */
  readonly unsupported: readonly string[]
}

interface SchemaObject {
  readonly catalog: string
  readonly oid: string
  readonly name: string
  readonly sql: string
}

interface Need {
  readonly catalog: string
  readonly oid: string
  readonly needsCatalog: string
  readonly needs: string
}

/**
 * Renders a schema from the catalogs with Postgres' `pg_get_…def` functions. The same schema gives the same text. The
 * session's search_path must be empty.
 */
export async function renderSchema(client: pg.ClientBase): Promise<RenderedSchema> {
  // For sources where no `pg_dump` can be had. Left out are storage and statistics targets, and comments on
  // anything but tables and columns. Owners and rights come by themselves.
  const objects: SchemaObject[] = []
  for (const query of BEFORE_ROWS) {
    const ordered = `SELECT q.catalog, q.oid::int8::text AS oid, q.name, q.sql FROM (${query}) AS q(catalog, oid, name, sql) ORDER BY q.sql COLLATE "C"`
    objects.push(...(await client.query<SchemaObject>(ordered)).rows)
  }
  const needs = (await client.query<Need>(DEPENDENCIES)).rows
  const after: string[] = []
  for (const query of AFTER_ROWS) {
    const ordered = `SELECT q.sql FROM (${query}) AS q ORDER BY q.sql COLLATE "C"`
    after.push(...(await client.query<{ sql: string }>(ordered)).rows.map(({ sql }) => sql))
  }
  const unsupported: string[] = []
  for (const query of UNSUPPORTED) {
    const { rows } = await client.query<{ name: string }>(
      `SELECT q.name FROM (${query}) AS q(name) ORDER BY 1`,
    )
    unsupported.push(...rows.map(({ name }) => name))
  }
  const before = toOrder(objects, needs).map(({ sql }) => sql)
  return { preData: `${before.join('\n\n')}\n`, postData: `${after.join('\n\n')}\n`, unsupported }
}

/** Sorts objects so that each follows those it needs, and otherwise keeps the given order. */
function toOrder(objects: readonly SchemaObject[], needs: readonly Need[]): readonly SchemaObject[] {
  const keyOf = (catalog: string, oid: string) => `${catalog} ${oid}`
  const byKey = new Map(objects.map((object) => [keyOf(object.catalog, object.oid), object]))
  const needed = new Map<string, string[]>()
  for (const need of needs) {
    const [from, to] = [keyOf(need.catalog, need.oid), keyOf(need.needsCatalog, need.needs)]
    if (from !== to && byKey.has(from) && byKey.has(to)) needed.set(from, [...(needed.get(from) ?? []), to])
  }
  const ordered: SchemaObject[] = []
  const seen = new Set<string>()
  const visit = (key: string) => {
    // What needs itself in a circle is taken in the order it was come upon; Postgres says if that cannot be.
    if (seen.has(key)) return
    seen.add(key)
    for (const other of objects) {
      const otherKey = keyOf(other.catalog, other.oid)
      if (needed.get(key)?.includes(otherKey)) visit(otherKey)
    }
    ordered.push(byKey.get(key) as SchemaObject)
  }
  for (const object of objects) visit(keyOf(object.catalog, object.oid))
  return ordered
}

import { listObjectsCreated } from '../ground/sql/list-objects-created.ts'
import type { ObjectToCome } from '../model/contract.ts'
import type { Migration } from '../model/history.ts'
import type { Scenario } from '../model/scenario.ts'
import type { SchemaModel } from '../model/schema-model.ts'

/**
 * The tables and columns that the phases after this one bring, read from their migrations, and that the database lacks after it:
 * all that a server may miss meanwhile. None after the last phase.
 * @param schema after the phase
 */
export async function listObjectsToCome(
  scenario: Scenario,
  phase: number,
  schema: SchemaModel,
  migrations: readonly Migration[],
): Promise<readonly ObjectToCome[]> {
  const names = scenario.phases.filter(({ id }) => id > phase).flatMap((later) => later.migrations)
  const files = migrations.filter(({ name }) => names.includes(name))
  const created = (await Promise.all(files.map(({ sql }) => listObjectsCreated(sql)))).flat()
  return created
    .flatMap(({ kind, name, table }): ObjectToCome[] => {
      if (kind === 'relation') return [{ table: name, column: null }]
      return kind === 'column' && table !== undefined ? [{ table, column: name }] : []
    })
    .filter((object) => !isThere(schema, object))
}

function isThere(schema: SchemaModel, { table, column }: ObjectToCome): boolean {
  const found = schema.tables.find(
    ({ namespace, name }) => (namespace === 'public' ? name : `${namespace}.${name}`) === table,
  )
  return found !== undefined && (column === null || found.columns.some(({ name }) => name === column))
}

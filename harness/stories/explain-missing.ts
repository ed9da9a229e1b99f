import { listObjectsCreated } from '../ground/sql/list-objects-created.ts'
import { missingObjectOf } from '../ground/sql/missing-object.ts'
import type { MissingDependency } from '../model/checkpoint.ts'
import type { Migration, MigrationFailure } from '../model/history.ts'
import type { Scenario } from '../model/scenario.ts'

/** The later migration that creates what a failed one missed, if there is one: the plan has a dependency it does not declare. */
export async function explainMissing(
  failure: MigrationFailure,
  phase: number,
  scenario: Scenario,
  migrations: readonly Migration[],
): Promise<MissingDependency | null> {
  if (!missingObjectOf(failure)) return null
  for (const { id, migrations: names } of scenario.phases.filter((entry) => entry.id > phase)) {
    for (const { name, sql } of migrations.filter((migration) => names.includes(migration.name))) {
      const object = findMissing(failure, await listObjectsCreated(sql))
      if (object !== null) return { object, createdBy: { migration: name, phase: id } }
    }
  }
  return null
}

/** What a failure missed, if it is among what was created; null otherwise. */
export function findMissing(failure: MigrationFailure, created: readonly NamedObject[]): string | null {
  const missing = missingObjectOf(failure)
  return missing && created.some((object) => isSame(object, missing)) ? toText(missing) : null
}

interface NamedObject {
  readonly kind: string
  readonly name: string
  readonly table?: string
}

function isSame(created: NamedObject, missing: NamedObject): boolean {
  // Postgres names a missing column without its table in most messages.
  const sameTable =
    missing.table === undefined || created.table === undefined || bare(created.table) === bare(missing.table)
  return created.kind === missing.kind && bare(created.name) === bare(missing.name) && sameTable
}

function bare(name: string): string {
  return name.replaceAll('"', '').replace(/^public\./, '')
}

function toText({ name, table }: NamedObject): string {
  return table === undefined ? bare(name) : `${bare(table)}.${bare(name)}`
}

import { listRoles } from '../ground/sql/list-roles.ts'
import type { RoleDescription } from '../model/cluster.ts'
import { HarnessError } from '../model/error.ts'
import type { Migration } from '../model/history.ts'
import type { Scenario, ScenarioRoles } from '../model/scenario.ts'
import type { Snapshot } from '../model/snapshot.ts'
import { readNamedRoles, toEmptyRole, withGroups } from './snapshot-roles.ts'

/** Which roles a scenario needs, and what is not known of them. */
export interface RolePlan {
  /** Made before the snapshot is loaded. */
  readonly roles: readonly RoleDescription[]
  /** Role that owns the database; null: the superuser. */
  readonly owner: string | null
  /** By which migrations and server connect; null: the superuser. */
  readonly by: ScenarioRoles | null
  /** True where the snapshot says nothing of owners, so that its objects are handed over to the migrator. */
  readonly isHandedOver: boolean
  readonly limits: readonly string[]
}

/**
 * Plans the roles of a scenario: those that its snapshot describes, those that it names itself, and empty ones for whoever else is named by
 * owners, grants and policies.
 * @throws plan-invalid when the snapshot describes roles and those of the scenario are not among them
 */
export async function readRolePlan(
  scenario: Scenario,
  snapshot: Snapshot | null,
  migrations: readonly Migration[],
): Promise<RolePlan> {
  const described = snapshot?.manifest.roles
  const by = scenario.roles ?? null
  const wanted = by === null ? [] : [...new Set([by.migrator, by.app])]
  if (described) assertDescribed(scenario.name, wanted, described)

  const inSnapshot = snapshot ? await readNamedRoles(snapshot) : { names: [], hasRights: false }
  const toCome = described ? [] : await namedByMigrations(scenario, migrations)
  const known = [...(described ?? []), ...wanted.map(toEmptyRole)].map(({ name }) => name)
  const empty = [...new Set([...inSnapshot.names, ...toCome])].filter((name) => !known.includes(name))
  const all = [
    ...(described ?? wanted.map(toEmptyRole)).map((role) =>
      wanted.includes(role.name) ? { ...role, login: true } : role,
    ),
    ...empty.map(toEmptyRole),
  ]
  const isHandedOver = by !== null && snapshot !== null && described === undefined && !inSnapshot.hasRights
  const undescribed = described === undefined && inSnapshot.hasRights ? [...wanted, ...empty] : empty
  return {
    roles: withGroups(all),
    owner: snapshot?.manifest.databaseOwner ?? by?.migrator ?? null,
    by,
    isHandedOver,
    limits: [
      ...(by === null ? [AS_SUPERUSER] : []),
      ...(undescribed.length > 0
        ? [
            `Nothing describes ${listOf(undescribed)}: empty roles stood in, with the rights that the SQL gives them, without attributes and members.`,
          ]
        : []),
      ...providedLimits(by, all),
      ...(isHandedOver
        ? [
            `The snapshot says nothing of owners and rights: ${by.migrator} owned everything in it, and ${by.app} could read and write its tables.`,
          ]
        : []),
      ...(by !== null && !isHandedOver && snapshot !== null && snapshot.manifest.databaseOwner === undefined
        ? [`The snapshot does not say who owns the database: ${by.migrator} did here.`]
        : []),
    ],
  }
}

/** What a provider's own group may do is not written in any catalog. */
function providedLimits(by: ScenarioRoles | null, roles: readonly RoleDescription[]): readonly string[] {
  if (by === null) return []
  const groupsOf = (name: string): readonly string[] => {
    const direct = roles.find((role) => role.name === name)?.memberOf ?? []
    return direct.flatMap(({ role }) => [role, ...groupsOf(role)])
  }
  return groupsOf(by.migrator)
    .filter((name) => PROVIDED.has(name))
    .map(
      (name) =>
        `${by.migrator} belongs to ${name}, to which its provider gives more than the catalogs say, such as CREATE EXTENSION: here it could do less.`,
    )
}

const PROVIDED = new Set([
  'rds_superuser',
  'cloudsqlsuperuser',
  'alloydbsuperuser',
  'azure_pg_admin',
  'neon_superuser',
])

/** Names of roles among these that a migration makes: where all migrations run from the beginning, they are not there yet. */
export async function listCreatedRoles(migrations: readonly Migration[]): Promise<ReadonlySet<string>> {
  const lists = await Promise.all(migrations.map(({ sql }) => listRoles(sql)))
  return new Set(lists.flatMap(({ created }) => created))
}

const AS_SUPERUSER =
  'Migrations and server ran as a superuser: rights and row security were not shown. Name `roles` in the scenario to show them.'

/** A role that production's history made is there already; one that a phase makes is not. */
async function namedByMigrations(
  { phases }: Scenario,
  migrations: readonly Migration[],
): Promise<readonly string[]> {
  const applied = new Set(phases.flatMap((phase) => phase.migrations))
  const pending = migrations.filter(({ name }) => applied.has(name))
  const lists = await Promise.all(pending.map(({ sql }) => listRoles(sql)))
  const created = new Set(lists.flatMap((list) => list.created))
  return lists.flatMap(({ named }) => named).filter((name) => !created.has(name))
}

function assertDescribed(
  scenario: string,
  wanted: readonly string[],
  roles: readonly RoleDescription[],
): void {
  const faults = wanted
    .filter((name) => !roles.some((role) => role.name === name))
    .map(
      (name) =>
        `roles: the snapshot describes no role ${name}, only ${listOf(roles.map((role) => role.name))}`,
    )
  if (faults.length === 0) return
  throw new HarnessError(
    'plan-invalid',
    `Compared the roles of scenario ${scenario} with its snapshot: ${faults.join('; ')}.`,
    `Name roles that production has, or take the snapshot again with --scenario ${scenario}: then it describes the roles that the scenario names.`,
    { scenario, faults },
  )
}

function listOf(names: readonly string[]): string {
  return names.length < 2
    ? `role ${names.join('')}`
    : `roles ${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

import { quoteName, quoteText } from '../../ground/quote.ts'
import type { ClusterState, RoleDescription, ServerRole } from '../../model/cluster.ts'

/** Name of a role of ours while no run needs it: nobody else's role has it, and it can be found by its oid. */
function toParkedName(oid: number): string {
  return `${parkedPrefix}${oid}`
}

/** Beginning of the name of every role of ours that no run needs now. */
export const parkedPrefix = 'phaseproof_role_'

/**
 * Plans the SQL after which the wanted roles are as they were, and other roles of ours have lost their names. Pure.
 * @param wanted with all that must stay as it is; whoever is not among them is ours
 */
export function planRoles(
  current: ClusterState,
  wanted: readonly ServerRole[],
  { major, scenario }: { readonly major: number; readonly scenario: string },
): string[] {
  const now = new Map(current.roles.map((role) => [role.oid, role]))
  const kept = new Set(wanted.map(({ oid }) => oid))
  const parked = current.roles
    .filter(({ oid, name }) => !kept.has(oid) && !name.startsWith(parkedPrefix))
    .flatMap(({ oid, name }) => {
      const place = toParkedName(oid)
      return [
        `ALTER ROLE ${quoteName(name)} RENAME TO ${quoteName(place)}`,
        `COMMENT ON ROLE ${quoteName(place)} IS ${quoteText(toRoleComment(scenario, name))}`,
      ]
    })
  const there = wanted.filter(({ oid }) => now.has(oid))
  const named = there.flatMap(({ oid, name }) => {
    const found = now.get(oid)?.name ?? name
    return found === name ? [] : [`ALTER ROLE ${quoteName(found)} RENAME TO ${quoteName(name)}`]
  })
  const given = there.flatMap((role) => planRole(now.get(role.oid) ?? role, role, there, current, major))
  return [...parked, ...named, ...given]
}

/** The comment of a parked role: whose it is, and what it is called while a run needs it. */
function toRoleComment(scenario: string, name: string): string {
  return `${toScenarioComment(scenario)}${name}`
}

/** Beginning of the comments of all parked roles. */
export const parkedComment = 'phaseproof: scenario '

/** Beginning of the comments of all parked roles of a scenario. */
export function toScenarioComment(scenario: string): string {
  return `${parkedComment}${scenario}, role `
}

/** The SQL that makes a role as it is described, but for its memberships: those of two roles may need each other. */
export function toCreateRole(role: RoleDescription): string[] {
  return [
    `CREATE ROLE ${quoteName(role.name)} ${toOptions(role)}`,
    ...planSettings(role.name, [], role.settings),
  ]
}

/** The SQL that makes a role a member of another, in the words that its Postgres knows. */
export function toGrant(
  member: string,
  { role, admin, inherit, set }: RoleDescription['memberOf'][number],
  major: number,
): string {
  const how =
    major >= 16
      ? ` WITH ADMIN ${admin ? 'TRUE' : 'FALSE'}, INHERIT ${inherit ? 'TRUE' : 'FALSE'}, SET ${set ? 'TRUE' : 'FALSE'}`
      : admin
        ? ' WITH ADMIN OPTION'
        : ''
  return `GRANT ${quoteName(role)} TO ${quoteName(member)}${how}`
}

function planRole(
  is: ServerRole,
  wanted: ServerRole,
  all: readonly ServerRole[],
  { roles }: ClusterState,
  major: number,
): string[] {
  const changed =
    toOptions(is) === toOptions(wanted) ? [] : [`ALTER ROLE ${quoteName(wanted.name)} ${toOptions(wanted)}`]
  // A membership names the other role as it was called when it was read.
  const nameAfter = (name: string) => {
    const oid = roles.find((role) => role.name === name)?.oid
    return (
      all.find((role) => role.oid === oid)?.name ??
      (oid === undefined || name.startsWith('pg_') ? name : toParkedName(oid))
    )
  }
  const has = new Map(is.memberOf.map((one) => [nameAfter(one.role), one]))
  const should = new Map(wanted.memberOf.map((one) => [one.role, one]))
  const known = new Set([
    ...all.map(({ name }) => name),
    ...[...should.keys()].filter((name) => name.startsWith('pg_')),
  ])
  const granted = [...should].flatMap(([name, one]) => {
    const found = has.get(name)
    const isSame =
      found && found.admin === one.admin && found.inherit === one.inherit && found.set === one.set
    return isSame || !known.has(name) ? [] : [toGrant(wanted.name, one, major)]
  })
  const revoked = [...has.keys()]
    .filter((name) => !should.has(name))
    .map((name) => `REVOKE ${quoteName(name)} FROM ${quoteName(wanted.name)}`)
  return [...changed, ...planSettings(wanted.name, is.settings, wanted.settings), ...revoked, ...granted]
}

function planSettings(role: string, is: readonly string[], wanted: readonly string[]): string[] {
  if (JSON.stringify(is) === JSON.stringify(wanted)) return []
  const set = wanted.flatMap((one) => {
    const at = one.indexOf('=')
    const name = one.slice(0, at)
    const value = quoteText(one.slice(at + 1))
    const setting = name.split('.').map(quoteName).join('.')
    if (!listSettings.has(name)) return [`ALTER ROLE ${quoteName(role)} SET ${setting} TO ${value}`]
    // A list is quoted already, element by element; as one literal it would become a list of one.
    return [
      `SELECT pg_catalog.set_config(${quoteText(name)}, ${value}, true)`,
      `ALTER ROLE ${quoteName(role)} SET ${setting} FROM CURRENT`,
    ]
  })
  return is.length === 0 ? set : [`ALTER ROLE ${quoteName(role)} RESET ALL`, ...set]
}

/** Source: `variable_is_guc_list_quote` of src/bin/pg_dump/dumputils.c; those that a session may set. */
const listSettings = new Set([
  'search_path',
  'temp_tablespaces',
  'local_preload_libraries',
  'session_preload_libraries',
])

function toOptions(role: RoleDescription): string {
  const option = (has: boolean, name: string) => (has ? name : `NO${name}`)
  return [
    option(role.superuser, 'SUPERUSER'),
    option(role.createrole, 'CREATEROLE'),
    option(role.createdb, 'CREATEDB'),
    option(role.bypassrls, 'BYPASSRLS'),
    option(role.inherit, 'INHERIT'),
    option(role.login, 'LOGIN'),
    option(role.replication, 'REPLICATION'),
  ].join(' ')
}

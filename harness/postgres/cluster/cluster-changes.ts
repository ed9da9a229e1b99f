import type { ClusterChange, ClusterState, RoleDescription, ServerRole } from '../../model/cluster.ts'
import { parkedPrefix } from './plan-roles.ts'

const powers = ['superuser', 'createrole', 'createdb', 'bypassrls', 'replication'] as const
const attributes = [...powers, 'login', 'inherit'] as const

/** What differs between two states of a server, in words. Values of settings are not told, for they may be secrets. */
export function listClusterChanges(before: ClusterState, after: ClusterState): ClusterChange[] {
  const wasNamed = before.roles.filter(isNamed)
  const isNow = after.roles.filter(isNamed)
  const was = new Map(wasNamed.map((role) => [role.oid, role]))
  const is = new Map(isNow.map((role) => [role.oid, role]))
  const fresh = new Set(isNow.filter(({ oid }) => !was.has(oid)).map(({ name }) => name))
  const counts = (object: string, what: string): ClusterChange => ({ object, what, isHarmless: false })
  return [
    ...wasNamed.filter(({ oid }) => !is.has(oid)).map(({ name }) => counts(`role ${name}`, 'was dropped')),
    ...isNow.flatMap((role) => {
      const earlier = was.get(role.oid)
      return earlier ? changesOfRole(earlier, role, fresh) : [toNewRole(role)]
    }),
    ...changedSettings(before.system, after.system).map(([name, how]) =>
      counts(`setting ${name}`, `${how} for the whole server by ALTER SYSTEM`),
    ),
    ...changedNames(before.databases, after.databases).map(([name, how]) => counts(`database ${name}`, how)),
    ...changedNames(before.tablespaces, after.tablespaces).map(([name, how]) =>
      counts(`tablespace ${name}`, how),
    ),
  ]
}

/** A role that no run needs now is nobody's business. */
function isNamed({ name }: ServerRole): boolean {
  return !name.startsWith(parkedPrefix)
}

function toNewRole(role: ServerRole): ClusterChange {
  const held = powers.filter((power) => role[power])
  const joined = role.memberOf.filter(({ admin, inherit, set }) => admin || inherit || set)
  const parts = [
    ...held.map((power) => power.toUpperCase()),
    ...joined.map(({ role: other }) => `member of ${other}`),
  ]
  return {
    object: `role ${role.name}`,
    what: parts.length === 0 ? 'is new' : `is new, with ${parts.join(', ')}`,
    isHarmless: parts.length === 0,
  }
}

function changesOfRole(was: ServerRole, is: ServerRole, fresh: ReadonlySet<string>): ClusterChange[] {
  const object = `role ${was.name}`
  const changed = attributes
    .filter((name) => was[name] !== is[name])
    .map((name) => (is[name] ? `got ${name.toUpperCase()}` : `lost ${name.toUpperCase()}`))
  const what = [
    ...(was.name === is.name ? [] : [`was renamed to ${is.name}`]),
    ...changed,
    ...changedMemberships(was, is, fresh),
    ...changedSettings(was.settings, is.settings).map(([name, how]) => `its setting ${name} ${how}`),
  ]
  return what.map((text) => ({ object, what: text, isHarmless: false }))
}

function changedMemberships(was: RoleDescription, is: RoleDescription, fresh: ReadonlySet<string>): string[] {
  const text = ({ role, admin, inherit, set }: RoleDescription['memberOf'][number]) =>
    JSON.stringify([role, admin, inherit, set])
  const before = new Set(was.memberOf.map(text))
  const after = new Set(is.memberOf.map(text))
  // Whoever makes a role gets the right to administer it from Postgres itself (16 and later): that is no grant of the file.
  const isMakersOwn = ({ role, admin, inherit, set }: RoleDescription['memberOf'][number]) =>
    fresh.has(role) && admin && !inherit && !set
  return [
    ...is.memberOf
      .filter((one) => !before.has(text(one)) && !isMakersOwn(one))
      .map(({ role }) => `is a member of ${role} in another way than before`),
    ...was.memberOf
      .filter((one) => !after.has(text(one)) && !is.memberOf.some(({ role }) => role === one.role))
      .map(({ role }) => `is no longer a member of ${role}`),
  ]
}

function changedSettings(before: readonly string[], after: readonly string[]): [string, string][] {
  const toMap = (list: readonly string[]) =>
    new Map(list.map((one) => [one.slice(0, one.indexOf('=')), one] as const))
  const was = toMap(before)
  const is = toMap(after)
  return [...new Set([...was.keys(), ...is.keys()])]
    .filter((name) => was.get(name) !== is.get(name))
    .map((name) => [name, is.has(name) ? 'was set' : 'was reset'])
}

function changedNames(before: readonly string[], after: readonly string[]): [string, string][] {
  return [
    ...before.filter((name) => !after.includes(name)).map((name): [string, string] => [name, 'was dropped']),
    ...after.filter((name) => !before.includes(name)).map((name): [string, string] => [name, 'is new']),
  ]
}

import type { RoleDescription } from '../../model/cluster.ts'
import type { Policy } from '../../model/policy.ts'

/** What the roles of a source are called in the snapshot, by their names in the source; or everything that keeps them from a name. */
type NamedRoles =
  | { readonly ok: true; readonly names: ReadonlyMap<string, string> }
  | { readonly ok: false; readonly faults: readonly string[] }

/** Gives each role its name by the policy. A policy without `roles` keeps all names; one that has them must list every role. */
export function nameRoles({ roles: listed }: Policy, roles: readonly RoleDescription[]): NamedRoles {
  const kept = new Map(roles.map(({ name }) => [name, name]))
  if (listed === undefined) return { ok: true, names: kept }
  const missing = roles.filter(({ name }) => !Object.hasOwn(listed, name))
  const gone = Object.keys(listed).filter((name) => !kept.has(name))
  const names = new Map(
    roles.map(({ name }) => {
      const rule = listed[name] ?? 'keep'
      return [name, rule === 'keep' ? name : rule]
    }),
  )
  const twice = [...names.values()].filter((name, at, all) => all.indexOf(name) !== at)
  const faults = [
    ...missing.map(({ name }) => `roles: the role ${name} is one that the policy does not list`),
    ...gone.map((name) => `roles: the policy has ${name}, the source has no such role`),
    ...twice.map((name) => `roles: two roles would be called ${name}`),
  ]
  return faults.length === 0 ? { ok: true, names } : { ok: false, faults }
}

/** A role, and the groups that it belongs to, by their new names. */
export function renameRole(role: RoleDescription, names: ReadonlyMap<string, string>): RoleDescription {
  const nameOf = (name: string) => names.get(name) ?? name
  return {
    ...role,
    name: nameOf(role.name),
    memberOf: role.memberOf.map((one) => ({ ...one, role: nameOf(one.role) })),
    settings: role.settings.map((one) =>
      one.startsWith('role=') ? `role=${nameOf(one.slice('role='.length))}` : one,
    ),
  }
}

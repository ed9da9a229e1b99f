import type { RoleDescription } from '../model/cluster.ts'
import type { Cluster } from '../model/ports.ts'

/** Runs `body` while a cluster has these roles instead of those that it has now, which come back afterwards; the others are gone. */
export async function withRoles<T>(
  cluster: Cluster,
  roles: readonly RoleDescription[],
  body: () => Promise<T>,
): Promise<T> {
  const before = cluster.rolesOf(await cluster.read(null))
  await cluster.enter([])
  try {
    await cluster.makeRoles(roles)
    return await body()
  } finally {
    await cluster.enter(before)
    await cluster.forgetRolesBut(before)
  }
}

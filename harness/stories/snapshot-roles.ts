import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { listRoles } from '../ground/sql/list-roles.ts'
import type { RoleDescription } from '../model/cluster.ts'
import type { Snapshot } from '../model/snapshot.ts'

/** What a snapshot's SQL says of roles. */
interface NamedInSnapshot {
  readonly names: readonly string[]
  /** True where it gives owners or rights, and so everything that is not given is the superuser's. */
  readonly hasRights: boolean
}

/** Reads which roles the SQL of a snapshot names, by its owners, rights, policies and default privileges. */
export async function readNamedRoles({ folder }: Snapshot): Promise<NamedInSnapshot> {
  const files = ['schema/pre-data.sql', 'schema/post-data.sql'].map((file) =>
    readFile(join(folder, file), 'utf8'),
  )
  const texts = await Promise.all(files)
  const lists = await Promise.all(texts.map(listRoles))
  return {
    names: [...new Set(lists.flatMap(({ named }) => named))],
    hasRights: texts.some((sql) => /^(ALTER [^;]* OWNER TO|GRANT) /m.test(sql)),
  }
}

/** Lists the roles without which a snapshot does not load: those that it describes, and empty ones for all others that its SQL names. */
export async function listSnapshotRoles(snapshot: Snapshot): Promise<readonly RoleDescription[]> {
  const described = snapshot.manifest.roles ?? []
  const known = new Set(described.map(({ name }) => name))
  const { names } = await readNamedRoles(snapshot)
  return withGroups([...described, ...names.filter((name) => !known.has(name)).map(toEmptyRole)])
}

/** Adds the groups that a description names and nobody describes. */
export function withGroups(roles: readonly RoleDescription[]): readonly RoleDescription[] {
  const names = new Set(roles.map(({ name }) => name))
  const groups = new Set(
    roles.flatMap(({ memberOf }) => memberOf.map(({ role }) => role)).filter((name) => !names.has(name)),
  )
  return [...roles, ...[...groups].filter((name) => !name.startsWith('pg_')).map(toEmptyRole)]
}

/** A role that may do nothing and belongs to nobody. */
export function toEmptyRole(name: string): RoleDescription {
  return {
    name,
    superuser: false,
    createrole: false,
    createdb: false,
    bypassrls: false,
    inherit: true,
    login: false,
    replication: false,
    memberOf: [],
    settings: [],
  }
}

import { toSha256 } from '../ground/file-digest.ts'
import type { Migration, Resolve } from '../model/history.ts'
import type { ToolRules } from '../model/tool.ts'
import type { ScaledRows } from '../snapshot/scale/to-scaled-rows.ts'
import type { RolePlan } from './role-plan.ts'

/** What a scenario starts from; the digest of a snapshot does not cover the roles of its manifest. */
interface BaseGiven {
  readonly snapshot: string | null
  readonly scaled: ScaledRows | null
  readonly roles: Pick<RolePlan, 'roles' | 'owner' | 'by'>
}

/** Key of the state a scenario starts from: a snapshot loaded into this Postgres by this harness, with these rows multiplied. SHA-256, hex. */
export function toBaseKey(
  { snapshot, scaled, roles }: BaseGiven,
  postgresVersion: string,
  harness: string,
  { namespace }: Pick<ToolRules, 'namespace'> = {},
): string {
  const rows = Object.entries(scaled ?? {}).map(([table, count]) => `${table}=${count}`)
  const known = JSON.stringify([roles.roles, roles.owner, roles.by])
  return hash([
    'base',
    snapshot ?? 'empty',
    ...rows.sort(),
    known,
    postgresVersion,
    harness,
    ...(namespace ? [namespace] : []),
  ])
}

/**
 * Key of the state after a phase: the previous key and everything the replay was given. Order of `staged` matters; versions of a tool
 * with the same rules share a key.
 */
export function toPhaseKey(
  previous: string,
  { name: tool, order, transactionRule, namespace }: ToolRules,
  staged: readonly Migration[],
  resolve: Resolve = {},
): string {
  const resolved = [...(resolve.applied ?? []), '', ...(resolve.rolledBack ?? [])]
  return hash([
    'phase',
    previous,
    tool,
    order,
    transactionRule,
    ...(namespace ? [namespace] : []),
    ...staged.flatMap(({ name, checksum }) => [name, checksum]),
    ...(resolved.length > 1 ? ['resolve', ...resolved] : []),
  ])
}

/** Key of the schema of a target: its files, this Postgres, this harness. */
export function toTargetKey(schemaDigest: string, postgresVersion: string, harness: string): string {
  return hash(['target', schemaDigest, postgresVersion, harness])
}

function hash(parts: readonly string[]): string {
  return toSha256(JSON.stringify(parts))
}

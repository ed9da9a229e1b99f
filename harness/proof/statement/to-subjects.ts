import type { ProofAbout } from '../../model/proof.ts'
import type { StatementSubject } from '../../model/statement.ts'

/** Everything whose bytes a proof speaks of, by name, sorted. */
export function toSubjects(
  about: ProofAbout,
  files: {
    /** Digest of the plan as data: phases, roles, claims, budgets. */
    readonly plan: string
    /** Digest of the states beside the proof; null where there are none. */
    readonly states: string | null
    /** Digests of other files of the project that the tests loaded, by path from its root. */
    readonly loaded: Readonly<Record<string, string>>
  },
): readonly StatementSubject[] {
  const named: readonly (readonly [string, string | null])[] = [
    ...Object.entries(about.migrations).map(([name, sha256]) => [`migration:${name}`, sha256] as const),
    [`snapshot:${about.snapshot?.name}`, about.snapshot?.digest ?? null],
    ['plan', files.plan],
    ['expectations', about.expectations],
    ['contracts', about.contract],
    ['server', about.server],
    ...Object.entries(about.earlierServers ?? {}).map(
      ([name, sha256]) => [`earlier-server:${name}`, sha256] as const,
    ),
    ['states', files.states],
    ...Object.entries(files.loaded).map(([path, sha256]) => [`file:${path}`, sha256] as const),
  ]
  return named
    .flatMap(([name, sha256]) => (sha256 === null ? [] : [{ name, digest: { sha256 } }]))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

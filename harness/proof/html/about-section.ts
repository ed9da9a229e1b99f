import type { Part } from './markup.ts'
import { html, type Markup } from './markup.ts'
import { toDetails, toPairs, toTable } from './page-parts.ts'
import type { PageSubject } from './page-subject.ts'

/** What the proof is valid for: versions, and the digest of everything that was read. */
export function aboutSection({ proof }: PageSubject): Markup {
  const { about } = proof
  const digest = (text: string | null | undefined): Part => text && html`<code>${text}</code>`
  const { name, version, order, transactionRule, namespace } = about.tool
  const pairs: readonly (readonly [string, Part])[] = [
    [
      'Snapshot',
      about.snapshot ? [`${about.snapshot.name} `, digest(about.snapshot.digest)] : 'none: an empty database',
    ],
    [
      'Multiplied rows',
      about.scaled &&
        Object.entries(about.scaled)
          .map(([table, rows]) => `${table}: ${rows}`)
          .join(', '),
    ],
    ['Postgres', about.postgres],
    [
      'Tool',
      `${name} ${version}; order: ${order}; transactions: ${transactionRule}${namespace ? `; namespace ${namespace}` : ''}`,
    ],
    ['Harness', about.harness],
    ['Expectations', digest(about.expectations)],
    ['Contracts', digest(about.contract)],
    ['Server', digest(about.server)],
    ...Object.entries(about.earlierServers ?? {}).map(
      ([server, text]) => [`Earlier server ${server}`, digest(text)] as const,
    ),
    ['States', digest(proof.states)],
    ['Decided', proof.takenAt],
  ]
  const migrations = Object.entries(about.migrations)
  return html`<p>A change of any of this makes the proof one about something else. Digests are SHA-256.</p>
${toPairs(pairs.filter(([, text]) => text !== null && text !== undefined && text !== ''))}
${
  migrations.length > 0 &&
  toDetails(
    `Digests of ${migrations.length} migrations`,
    toTable(
      'Digests of the migrations',
      ['migration', 'SHA-256'],
      migrations.map(([migration, text]) => ({ cells: [migration, digest(text)] })),
    ),
  )
}`
}

import { HarnessError } from '../model/error.ts'
import type { PostgresServer } from '../model/ports.ts'
import type { Scenario } from '../model/scenario.ts'
import type { Snapshot } from '../model/snapshot.ts'

/**
 * What a proof on this snapshot and server cannot show, in sentences.
 * @throws version-mismatch when `strict` and the Postgres majors differ
 */
export function limitsOf(
  scenario: Scenario,
  snapshot: Snapshot | null,
  server: PostgresServer,
  strict: boolean,
): string[] {
  const rule = {
    'one-batch':
      'Each migration was sent as one batch, as Prisma up to 7.3 does; Prisma 7.4 and later commits statement by statement.',
    'per-statement':
      'Each statement was sent and committed by itself, as Prisma 7.4 and later does; earlier versions send one batch.',
  }[scenario.transactionRule]
  const said = [rule, ...(isComparedWithSchemaFile(scenario) ? [UNSAYABLE] : [])]
  if (!snapshot)
    return [...said, 'The phases started from an empty database: nothing was shown about existing rows.']

  const { major, version } = snapshot.manifest.postgres
  if (major === server.version.major) return said
  if (strict) {
    throw new HarnessError(
      'version-mismatch',
      `The snapshot was taken from Postgres ${version}, the server is ${server.version.text}: --strict asks for the same major.`,
      `Run on Postgres ${major} (PHASEPROOF_POSTGRES_IMAGE=postgres:${major}-alpine with --postgres testcontainers), or without --strict.`,
      { snapshotMajor: major, serverMajor: server.version.major },
    )
  }
  return [
    ...said,
    `The snapshot was taken from Postgres ${version}, the phases ran on ${server.version.text}: majors may differ in behaviour.`,
  ]
}

const UNSAYABLE =
  'What a Prisma schema cannot say was not compared with it: checks, triggers, policies, partial indexes, views, functions, extensions.'

function isComparedWithSchemaFile({ phases }: Scenario): boolean {
  return phases.some(({ expect }) =>
    expect.some((entry) => entry.kind === 'same-schema' && entry.reference === 'prisma-schema'),
  )
}

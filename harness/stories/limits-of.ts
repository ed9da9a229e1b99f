import { listReordered } from '../judge/to-sayable.ts'
import type { PhaseEvidence } from '../model/checkpoint.ts'
import { HarnessError } from '../model/error.ts'
import type { PostgresServer } from '../model/ports.ts'
import type { Scenario } from '../model/scenario.ts'
import type { Snapshot } from '../model/snapshot.ts'

/**
 * What a proof on this snapshot and server cannot show, in sentences.
 * @throws version-mismatch when `strict` and the Postgres majors differ
 */
export function limitsOf(snapshot: Snapshot | null, server: PostgresServer, strict: boolean): string[] {
  if (!snapshot) return ['The phases started from an empty database: nothing was shown about existing rows.']

  const { major, version } = snapshot.manifest.postgres
  if (major === server.version.major) return []
  if (strict) {
    throw new HarnessError(
      'version-mismatch',
      `The snapshot was taken from Postgres ${version}, the server is ${server.version.text}: --strict asks for the same major.`,
      `Run on Postgres ${major} (PHASEPROOF_POSTGRES_IMAGE=postgres:${major}-alpine with --postgres testcontainers), or without --strict.`,
      { snapshotMajor: major, serverMajor: server.version.major },
    )
  }
  return [
    `The snapshot was taken from Postgres ${version}, the phases ran on ${server.version.text}: majors may differ in behaviour.`,
  ]
}

/** Whose effects nobody looked for, because the recorded migrations do not run one after another; nothing where they do. */
export function historyLimitsOf(phases: readonly Pick<PhaseEvidence, 'audit'>[]): string[] {
  const audit = phases.find((evidence) => evidence.audit)?.audit
  const unknown = audit?.migrations.filter(({ verdict }) => verdict === 'unknown') ?? []
  if (!audit?.broken || unknown.length === 0) return []
  const { migration, sqlstate, message } = audit.broken
  return [
    `Whether production has what ${unknown.length} migrations of its history make was not looked for: run one after another on an empty database, they fail at ${migration} (${sqlstate}: ${message}).`,
  ]
}

/** What phases made on the server that takes nothing from anybody, in a sentence. */
export function outsideLimitsOf(phases: readonly PhaseEvidence[]): string[] {
  const made = phases.flatMap(({ phase, outside = [] }) =>
    outside.filter(({ isHarmless }) => isHarmless).map(({ object }) => `${object} by phase ${phase}`),
  )
  return made.length === 0
    ? []
    : [
        `Made on the server, outside of its database: ${made.join(', ')}. Whether production has it already was not shown.`,
      ]
}

/** What a comparison with the schema file cannot show, and which tables it leaves to a later phase; nothing where none is compared. */
export function targetLimitsOf({ phases, target }: Scenario, upTo: number): string[] {
  const later = new Map(
    phases.slice(upTo).flatMap(({ id, changes }) => changes.map((name): [string, number] => [name, id])),
  )
  const named = new Set(phases.slice(0, upTo).flatMap(({ changes }) => changes))
  const moved = [...later].filter(([name]) => named.has(name) && name !== '*')
  const left =
    target?.schema === undefined || moved.length === 0
      ? []
      : [
          `A table is compared with the target's schema in the last phase that names it, so not yet: ${moved.map(([name, id]) => `${name} (phase ${id})`).join(', ')}.`,
        ]
  return [...unsayableOf(phases), ...left]
}

/** That rights are left out of comparisons, where the scenario's roles are known and somebody could think otherwise. */
export function rightsLimitsOf({ roles, target, phases }: Scenario): string[] {
  const isCompared =
    target?.schema !== undefined ||
    phases.some(({ expect }) => expect.some(({ kind }) => kind === 'same-schema'))
  return roles !== undefined && isCompared
    ? [
        'Owners and rights were compared with the state before each phase, not with references: another environment has other roles.',
      ]
    : []
}

function unsayableOf(phases: Scenario['phases']): string[] {
  const isCompared = phases.some(({ expect }) =>
    expect.some(
      (entry) =>
        entry.kind === 'same-schema' &&
        entry.reference === 'target-schema' &&
        entry.beyondTheFile !== 'refused',
    ),
  )
  return isCompared ? [UNSAYABLE] : []
}

/** Enums that hold the values of the schema file in another order: no difference to a tool, one to whoever sorts by them. */
export function enumLimitsOf(phases: readonly PhaseEvidence[]): string[] {
  const last = phases.at(-1)
  const target = last?.references['target-schema']?.schema
  if (!last || !target) return []
  return listReordered(last.after.schema, target).map(
    (name) =>
      `Enum ${name} holds the values of the schema file in another order: what sorts or compares by it goes by the order of the database.`,
  )
}

const UNSAYABLE =
  'What a schema file cannot say was not compared with it: checks, triggers, policies, partial indexes, views, functions, extensions.'

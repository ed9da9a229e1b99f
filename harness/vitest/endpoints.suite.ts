import { join } from 'node:path'
import pg from 'pg'
import { describe, type TaskMeta } from 'vitest'
import type { ClonePool } from '../contract/clone-pool.ts'
import { renderSeedSql } from '../contract/seed-sql.ts'
import { sendCases } from '../contract/send-cases.ts'
import { type SweptServer, sweepEndpoints } from '../contract/sweep-endpoints.ts'
import { isSchemaMissing } from '../ground/sqlstate.ts'
import { withClient } from '../ground/with-client.ts'
import type { SweepPlan } from '../model/contract.ts'
import { HarnessError } from '../model/error.ts'
import type { DeniedRight, FindingEvidence } from '../model/finding.ts'
import type { ScenarioRun } from '../model/run.ts'
import type { Scenario } from '../model/scenario.ts'
import type { SchemaModel } from '../model/schema-model.ts'
import type { EndpointReport, TestRecord } from '../model/test-record.ts'
import { listObjectsToCome } from '../stories/list-objects-to-come.ts'
import { readPlan } from '../stories/read-plan.ts'
import { readSweepPlan } from '../stories/read-sweep-plan.ts'
import { testWithClones } from './clones.ts'
import { withScenarioServer } from './contract-attempt.ts'
import { type ContractPlace, openContractPlace } from './contract-place.ts'
import { ExpectationNotMet } from './expectation-not-met.ts'
import type { EarlierOutcome } from './read-reuse.ts'
import './test-note.ts'

/** Registers the sweep of every endpoint, on the snapshot and after each phase of the run; nothing without a sweep plan. */
export async function describeEndpoints(scenario: Scenario, run: ScenarioRun): Promise<void> {
  if (!scenario.contract?.sweep || !scenario.server || run.phases.length === 0) return
  const place = await openContractPlace()
  const plan = await readSweepPlan(join(place.root, 'scenarios', scenario.name), scenario.contract.sweep)
  const { reached, depth } = place.reach
  const phases = depth === 'newest' ? reached.slice(-1) : [0, ...reached]
  // Vitest takes a fixture of a whole file at its top level only.
  const it = testWithClones(place.checkpoints)
  describe('endpoints', () => {
    for (const phase of phases) {
      const earlier = place.reuse.ofEndpoints(phase, null)
      const name = phase === 0 ? 'are called on the snapshot' : `that are due answer after phase ${phase}`
      const none = { phase, cells: [], notShown: [], seed: null }
      it(name, { meta: toMeta(none) }, async ({ task, pool }) => {
        if (tellAgain(task, earlier)) return
        const sweep = await onServer(
          place,
          pool,
          phase,
          schemaAfter(run, phase),
          plan,
          async (server, url) => {
            const swept = await sweepEndpoints(place.document ?? missingDocument(scenario), plan, server)
            return {
              ...swept,
              findings: await withDenied(swept.findings, () => place.fetchDenied(phase, url)),
            }
          },
        )
        const { cells, exercised, notShown } = sweep
        const seen = { phase, cells, notShown, seed: null }
        report(task, earlier, { seen, exercised, name, findings: sweep.findings })
      })
    }
    const last = place.reach.reached.at(-1)
    if (last !== undefined) describeCases(it, place, last, schemaAfter(run, last), plan)
  })
}

/** Registers the negative and random requests, after the newest phase only. */
function describeCases(
  it: ReturnType<typeof testWithClones>,
  place: ContractPlace,
  phase: number,
  schema: SchemaModel,
  plan: SweepPlan,
): void {
  const { cases: options } = place.options
  const { seed } = options
  const name = `refuse what the document does not accept after phase ${phase} (seed ${seed})`
  const none = { phase, cells: [], notShown: [], seed }
  const earlier = place.reuse.ofEndpoints(phase, options)
  // Each request has a deadline of its own; how many there are was asked for.
  it(name, { meta: toMeta(none), timeout: 0 }, async ({ task, pool }) => {
    if (tellAgain(task, earlier)) return
    const { migrations } = await readPlan(place.scenario, phase, place.root)
    const toCome = await listObjectsToCome(place.scenario, phase, schema, migrations)
    const cases = await onServer(place, pool, phase, schema, plan, (server) =>
      sendCases(place.document ?? missingDocument(place.scenario), plan, server, {
        ...options,
        toCome,
      }),
    )
    const { exercised, findings } = cases
    report(task, earlier, { seen: none, exercised, name, findings })
  })
}

/** The server of the scenario on a clone of a checkpoint, with what a sweep asks of the database. */
export async function onServer<T>(
  place: ContractPlace,
  pool: ClonePool,
  phase: number,
  schema: SchemaModel,
  plan: SweepPlan,
  use: (server: SweptServer, cloneUrl: string) => Promise<T>,
): Promise<T> {
  const clone = await pool.take(place.databaseAfter(phase))
  try {
    const seedSql = renderSeedSql(schema, plan.rows)
    return await withClient(clone.url, (db) =>
      withScenarioServer(place, clone.appUrl, undefined, (url) =>
        use(
          {
            url,
            phase,
            seed: () => seed(db, seedSql, phase),
            ask: async (sql) => (await askAll(db, sql))[0],
            askAll: (sql) => askAll(db, sql),
          },
          clone.url,
        ),
      ),
    )
  } finally {
    pool.giveBack(clone)
  }
}

/** A server hides why it failed: what its role may not read is told with it. */
async function withDenied(
  findings: readonly FindingEvidence[],
  fetch: () => Promise<readonly DeniedRight[]>,
): Promise<readonly FindingEvidence[]> {
  if (!findings.some(({ kind }) => kind === 'endpoint-failed')) return findings
  const denied = await fetch()
  return denied.length === 0
    ? findings
    : findings.map((finding) => (finding.kind === 'endpoint-failed' ? { ...finding, denied } : finding))
}

async function seed(db: pg.Client, sql: string, phase: number): Promise<void> {
  try {
    await db.query(sql)
  } catch (cause) {
    const { message, table, column, constraint } = cause as pg.DatabaseError
    const where = [table, column, constraint].filter((part) => part !== undefined).join(', ')
    throw new HarnessError(
      'contract-undecided',
      `Seeding a row into every table after phase ${phase} was refused (${where}): ${message}`,
      'Give that column a value under `rows` of the sweep plan.',
      { test: 'endpoints', reason: message },
      { cause },
    )
  }
}

/** Nothing where a table or column of the SQL is not there yet: class 42. */
async function askAll(db: pg.Client, sql: string): Promise<readonly unknown[]> {
  try {
    const { rows } = await db.query({ text: sql, rowMode: 'array' })
    return rows.map((row: unknown[]) => row[0])
  } catch (error) {
    if (error instanceof pg.DatabaseError && isSchemaMissing(error.code)) return []
    throw error
  }
}

/** The schema of the checkpoint after a phase; 0: of the snapshot as it was loaded. */
function schemaAfter(run: ScenarioRun, phase: number): SchemaModel {
  const evidence =
    phase === 0 ? run.phases[0]?.before : run.phases.find((entry) => entry.phase === phase)?.after
  if (!evidence) throw new Error(`phase ${phase} has no checkpoint in this run`)
  return evidence.schema
}

interface Observed {
  readonly seen: EndpointReport
  readonly exercised: TestRecord['exercised']
  readonly name: string
  readonly findings: readonly FindingEvidence[]
}

/** Leaves what was seen where the record is made of it, and fails the test with the words of its findings. */
function report(
  task: { meta: TaskMeta },
  { key }: EarlierOutcome,
  { seen, exercised, name, findings: evidence }: Observed,
): void {
  // What is wrong with the snapshot already has no phase of its own; the first one begins with it.
  const phase = Math.max(1, seen.phase)
  const findings = evidence.map((entry) => ({ ...entry, phase, expectation: name }))
  task.meta.phaseproof = {
    subject: { kind: 'endpoints', report: seen },
    findings,
    exercised,
    ...(key !== null && { outcomeKey: key }),
  }
  if (findings.length > 0) throw new ExpectationNotMet(findings)
}

/** Leaves what an earlier run saw, if there is one to tell again. */
function tellAgain(task: { meta: TaskMeta }, { key, kept }: EarlierOutcome): boolean {
  if (!kept?.endpoints) return false
  const { endpoints, exercised } = kept
  task.meta.phaseproof = {
    subject: { kind: 'endpoints', report: endpoints },
    findings: [],
    exercised,
    reused: true,
    ...(key !== null && { outcomeKey: key }),
  }
  return true
}

function toMeta(none: EndpointReport): TaskMeta {
  return { phaseproof: { subject: { kind: 'endpoints', report: none } } }
}

function missingDocument(scenario: Scenario): never {
  throw new Error(`scenario ${scenario.name} names no OpenAPI document`)
}

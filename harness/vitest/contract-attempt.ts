import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { expect } from 'vitest'
import { assertTells } from '../contract/assert-tells.ts'
import type { ClonePool } from '../contract/clone-pool.ts'
import type { Attempt } from '../contract/judge-trial.ts'
import { type Api, recordApi } from '../contract/recorded-api.ts'
import { withServer } from '../contract/with-server.ts'
import { withClient } from '../ground/with-client.ts'
import type { ContractTrial, ExercisedResponse } from '../model/contract.ts'
import { HarnessError } from '../model/error.ts'
import type { Phase } from '../model/scenario.ts'
import type { AttemptCost } from '../model/test-record.ts'
import type { ContractPlace } from './contract-place.ts'

/** What a contract test is handed. Each run has a clone of a checkpoint to itself, gone afterwards, and its own server. */
export interface ContractContext {
  /** The phase in whose folder the test file lies. */
  readonly phase: Phase
  /** Which run of the test this is. */
  readonly trial: ContractTrial
  /** Connection string of the clone. */
  readonly databaseUrl: string
  /** A client connected to the clone. */
  readonly db: pg.Client
  /** Requests to the scenario's server, running on the clone; each answer is held against the OpenAPI document. */
  readonly api: Api
}

/** A contract test as its author writes it. */
export type ContractTest = (context: ContractContext) => unknown

/** Which run of which contract is attempted; `name` is the full name of the test. */
interface ContractRun {
  readonly name: string
  readonly phase: Phase
  readonly trial: ContractTrial
  readonly checkpoint: number
  /** Where its clone comes from. */
  readonly pool: ClonePool
}

/** Longest run of one contract test: one that hangs must not take its phase along. */
const deadlineMs = 30_000

/**
 * Runs a contract test once on a clone of a checkpoint.
 * @throws server-unavailable, postgres-lost: those say nothing about the test
 * @throws contract-undecided when it ends well and claims nothing, or does not wait for its requests
 */
export async function attemptContract(
  place: ContractPlace,
  { phase, trial, checkpoint, name, pool }: ContractRun,
  test: ContractTest,
): Promise<Attempt & { readonly exercised: readonly ExercisedResponse[]; readonly cost: AttemptCost }> {
  const startedAt = performance.now()
  const clone = await pool.take(place.databaseAfter(checkpoint))
  const cloneMs = performance.now() - startedAt
  try {
    return await withScenarioServer(place, clone.appUrl, trial.server, async (url) => {
      const before = countClaims()
      const on = { url, databaseUrl: clone.url, deadlineMs }
      const { recorded, error } = await tryOn(place, on, { phase, trial }, test)
      const { faults, exercised, statuses } = recorded
      const { assertions, written } = countClaims()
      const cost = { cloneMs, requests: statuses.length, assertions: assertions - before.assertions }
      if (error === null)
        assertTells(name, { ...cost, written: written - before.written, open: recorded.open() })
      return { error, faults, exercised, worstStatus: Math.max(0, ...statuses), cost }
    })
  } finally {
    pool.giveBack(clone)
  }
}

/** A server that runs, and the database it runs on. */
interface RunningServer {
  readonly url: string
  /** Connection string for the test itself. */
  readonly databaseUrl: string
  /** Longest run of the test. */
  readonly deadlineMs: number
}

/** Runs a contract test once on a server that runs; `error` is what it threw, null when it ended well. */
export async function tryOn(
  place: ContractPlace,
  { url, databaseUrl, deadlineMs }: RunningServer,
  { phase, trial }: Pick<ContractRun, 'phase' | 'trial'>,
  test: ContractTest,
): Promise<{ readonly recorded: ReturnType<typeof recordApi>; readonly error: unknown }> {
  const { server } = trial
  const recorded = recordApi(url, server === undefined ? place.document : place.documentOf(server))
  const error = await withClient(databaseUrl, (db) =>
    settle(deadlineMs, async () => test({ phase, trial, databaseUrl, db, api: recorded.api })),
  )
  return { recorded, error }
}

/** The test did not end in time. */
export class ContractLate extends Error {}

/** What Vitest counted so far: calls of `expect`, and snapshots that were written where none was kept. */
function countClaims() {
  const { assertionCalls, snapshotState } = expect.getState()
  return {
    assertions: assertionCalls,
    written: snapshotState.added.total() + snapshotState.updated.total(),
  }
}

/**
 * Starts a server of the scenario on a database and hands its URL to `use`.
 * @param earlier name of an earlier server; undefined: the scenario's own
 * @throws server-unavailable
 */
export function withScenarioServer<T>(
  { scenario, root }: ContractPlace,
  databaseUrl: string,
  earlier: string | undefined,
  use: (url: string) => Promise<T>,
  log?: (entry: object) => void,
): Promise<T> {
  const server = earlier === undefined ? scenario.server : scenario.earlierServers?.[earlier]?.server
  if (!server) {
    const message = `Scenario ${scenario.name} has API contracts and names no server.`
    throw new HarnessError('usage', message, 'Name one in scenario.ts.', { faults: [message] })
  }
  const folder = join(root, 'scenarios', scenario.name)
  return withServer(server, { folder, databaseUrl, ...(log && { log }) }, use)
}

/** What the test threw, null when it ended well. What the harness or Vitest throws passes through. */
async function settle(deadlineMs: number, run: () => Promise<unknown>): Promise<unknown> {
  const deadline = new AbortController()
  const late = async () => {
    await sleep(deadlineMs, undefined, { signal: deadline.signal })
    throw new ContractLate(`it did not end within ${deadlineMs / 1000} s`)
  }
  try {
    await Promise.race([run(), late()])
    return null
  } catch (error) {
    if (error instanceof HarnessError || isSkip(error)) throw error
    return error ?? new Error('something that is no error was thrown')
  } finally {
    deadline.abort()
  }
}

function isSkip(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'VITEST_PENDING'
}

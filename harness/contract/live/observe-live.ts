import type { LateRollback, LiveServer, WarmFailure } from '../../model/live.ts'
import type { ScriptStop } from '../../model/rehearsal.ts'
import type { KeptRows } from './kept-rows.ts'
import { readSqlstate } from './read-sqlstate.ts'
import {
  type Answer,
  isFailure,
  type RepeatedRequest,
  send,
  sendWhile,
  toEndpointTraffic,
  toWords,
} from './send-traffic.ts'

/** One attempt at a contract on a server that runs already. */
export interface LiveAttempt {
  /** Why it failed, in words; null: it did not. */
  readonly failure: string | null
  readonly requests: readonly RepeatedRequest[]
  /** The last request that the server failed; null where it failed none. */
  readonly endpoint: string | null
  readonly sqlstate: string | null
  /** It was given up, as it did not end. */
  readonly isLate: boolean
}

/** A clone of the state before a phase, as one experiment uses it. */
export interface LiveDatabase<C> {
  /** Applies the phase. @throws when that fails */
  deploy(): Promise<void>
  keepRows(): Promise<KeptRows>
  countRows(): Promise<ReadonlyMap<string, number>>
  /** Undoes the phase by its script; null: it has none that could be run. */
  readonly rollBack: (() => Promise<ScriptStop | null>) | null
  /** Starts the server on the clone, stops it at the end. */
  withServer<T>(use: (server: LiveServerPort<C>) => Promise<T>): Promise<T>
}

/** A server that runs. */
interface LiveServerPort<C> {
  readonly url: string
  attempt(contract: C, isAfter: boolean): Promise<LiveAttempt>
}

/** A contract that may be tried beneath a phase. */
interface Tried {
  readonly name: string
  /** It is one of the phase itself, and so may fail before it. */
  readonly isOwn: boolean
}

/** How an experiment is made. */
interface LivePlan<C> {
  readonly contracts: readonly C[]
  /** Ask the server while the phase is applied. */
  readonly isNoisy: boolean
  /** Have the contracts write rows at the end, and undo the phase. */
  readonly isUndone: boolean
  /** Runs `use` on a clone that is gone afterwards. */
  withDatabase<T>(use: (database: LiveDatabase<C>) => Promise<T>): Promise<T>
}

/** What was seen of one server, without what is known of it beforehand. */
type Observed = Omit<LiveServer, 'server'> & { readonly rollback: LateRollback | null }

/**
 * Applies a phase beneath a running server whose connections are open and used, and compares with the same server started anew on the same
 * database. What fails is seen a second time, on another clone, before it is told.
 */
export async function observeLive<C extends Tried>(plan: LivePlan<C>): Promise<Observed> {
  const first = await makeRound(plan)
  const suspects = [...first.warm.map(toSubject), ...toFailed(first.traffic)]
  if (suspects.length === 0) return first
  // Nothing but the deploy stands between the tries here: what fails is due to connections that were open before it.
  const quiet = await makeRound({ ...plan, isNoisy: false, isUndone: false })
  const warm = quiet.warm.filter((failure) => suspects.includes(toSubject(failure)))
  const told = warm.map(toSubject)
  const isOpen = toFailed(first.traffic).some((endpoint) => !told.includes(endpoint))
  const again = isOpen ? await makeRound({ ...plan, isUndone: false }) : null
  const failsAgain = toFailed(again?.traffic ?? null).filter((endpoint) => !told.includes(endpoint))
  return {
    ...first,
    warm,
    traffic:
      first.traffic?.map((one) =>
        failsAgain.includes(one.endpoint) ? one : { ...one, failed: 0, message: null },
      ) ?? null,
  }
}

/** What a failure is about: the endpoint, or the contracts where no answer tells. */
function toSubject({ endpoint, contracts }: WarmFailure): string {
  return endpoint ?? contracts.join()
}

function toFailed(traffic: LiveServer['traffic']): string[] {
  return (traffic ?? []).filter(({ failed }) => failed > 0).map(({ endpoint }) => endpoint)
}

/** Contracts that do not end: after so many of them, no more are tried on the same connections. */
const lateAtMost = 3

/** Longest time for the tries before the phase, and for those after it: on a busy machine fewer are made. */
const patienceMs = 15_000

/** Contracts of the phase that write the rows beneath its rollback. */
const writersAtMost = 8

interface Suspect<C> {
  readonly contract: C
  readonly attempt: LiveAttempt
  readonly recovers: boolean
}

interface SuspectRequest {
  readonly request: RepeatedRequest
  readonly answer: Answer
  readonly recovers: boolean
}

async function makeRound<C extends Tried>(plan: LivePlan<C>): Promise<Observed> {
  return plan.withDatabase(async (database) => {
    const seen = await database.withServer(async (server) => {
      const { works, requests, tried, countsBefore } = await warmUp(server, database, plan.contracts)
      const { traffic } = await sendWhile(server.url, plan.isNoisy ? requests : [], database.deploy)
      const rows = await database.keepRows()
      const { suspects, untried } = await findSuspects(server, rows, works)
      const failing = await findFailing(server, requests)
      const isQuiet = suspects.length + failing.length === 0
      if (isQuiet && plan.isUndone) await writeRows(server, plan.contracts)
      return { rows, suspects, failing, traffic, countsBefore, isQuiet, works: works.length, tried, untried }
    })
    const { rows, suspects, failing, countsBefore } = seen
    const confirmed = seen.isQuiet
      ? { suspects: [], failing: [] }
      : await database.withServer(async (server) => {
          const cold = await compareCold(server, rows, suspects, failing)
          if (plan.isUndone) await writeRows(server, plan.contracts)
          return cold
        })
    await rows.forget()
    const warm = toWarm(confirmed.suspects, confirmed.failing)
    // What fails after the phase as well is told by others, or as what fails on open connections.
    const told = new Set([
      ...failing.map(({ request }) => request.endpoint),
      ...warm.map(({ endpoint }) => endpoint),
    ])
    const isExcused = ({ endpoint }: RepeatedRequest) => told.has(endpoint)
    return {
      warm,
      tried: seen.tried - seen.untried,
      untried: plan.contracts.length - seen.tried + seen.untried,
      silent: seen.tried - seen.works + suspects.length - confirmed.suspects.length,
      traffic: plan.isNoisy ? toEndpointTraffic(seen.traffic, isExcused) : null,
      rollback: plan.isUndone ? await undo(database, countsBefore, rows.counts) : null,
    }
  })
}

/** Tries the contracts before the phase, so that connections are open and statements known, and takes their rows back. */
async function warmUp<C extends Tried>(
  server: LiveServerPort<C>,
  database: LiveDatabase<C>,
  contracts: readonly C[],
) {
  const rows = await database.keepRows()
  const works: C[] = []
  const requests = new Map<string, RepeatedRequest>()
  const until = performance.now() + patienceMs
  let tried = 0
  for (const contract of contracts) {
    if (performance.now() > until) break
    tried += 1
    const attempt = await server.attempt(contract, false)
    await rows.restore()
    if (attempt.failure === null || contract.isOwn) works.push(contract)
    for (const request of attempt.requests) {
      if (request.method !== 'GET' || request.status >= 300) continue
      if (!requests.has(request.endpoint)) requests.set(request.endpoint, request)
    }
  }
  await rows.forget()
  const repeated: RepeatedRequest[] = []
  // The rows that a contract made are gone, and a token may be good for one use.
  for (const request of requests.values()) {
    const answer = await send(server.url, request)
    if (answer.status === request.status) repeated.push(request)
  }
  return { works, requests: repeated, tried, countsBefore: rows.counts }
}

async function findSuspects<C extends Tried>(
  server: LiveServerPort<C>,
  rows: KeptRows,
  contracts: readonly C[],
): Promise<{ readonly suspects: readonly Suspect<C>[]; readonly untried: number }> {
  const failed: { readonly contract: C; readonly attempt: LiveAttempt }[] = []
  const until = performance.now() + patienceMs
  let tried = 0
  for (const contract of contracts) {
    if (performance.now() > until) break
    tried += 1
    if (failed.filter(({ attempt }) => attempt.isLate).length >= lateAtMost) break
    const attempt = await server.attempt(contract, true)
    await rows.restore()
    if (attempt.failure !== null) failed.push({ contract, attempt })
  }
  const suspects: Suspect<C>[] = []
  for (const { contract, attempt } of failed) {
    const again = await server.attempt(contract, true)
    await rows.restore()
    suspects.push({ contract, attempt, recovers: again.failure === null })
  }
  return { suspects, untried: contracts.length - tried }
}

async function findFailing<C>(
  server: LiveServerPort<C>,
  requests: readonly RepeatedRequest[],
): Promise<SuspectRequest[]> {
  const failing: SuspectRequest[] = []
  for (const request of requests) {
    const answer = await send(server.url, request)
    if (!isFailure(answer, request)) continue
    const again = await send(server.url, request)
    failing.push({ request, answer, recovers: !isFailure(again, request) })
  }
  return failing
}

/** Of what failed, that which a server that was started after the phase does, twice. */
async function compareCold<C extends Tried>(
  server: LiveServerPort<C>,
  rows: KeptRows,
  suspects: readonly Suspect<C>[],
  failing: readonly SuspectRequest[],
) {
  const worksTwice = async (attempt: () => Promise<boolean>) => (await attempt()) && (await attempt())
  const kept: Suspect<C>[] = []
  for (const suspect of suspects) {
    const works = await worksTwice(async () => {
      const { failure } = await server.attempt(suspect.contract, true)
      await rows.restore()
      return failure === null
    })
    if (works) kept.push(suspect)
  }
  const keptRequests: SuspectRequest[] = []
  for (const one of failing) {
    if (await worksTwice(async () => !isFailure(await send(server.url, one.request), one.request)))
      keptRequests.push(one)
  }
  return { suspects: kept, failing: keptRequests }
}

function toWarm<C extends Tried>(
  suspects: readonly Suspect<C>[],
  failing: readonly SuspectRequest[],
): WarmFailure[] {
  const found = new Map<string, WarmFailure>()
  const add = (failure: WarmFailure) => {
    const key = toSubject(failure)
    const known = found.get(key)
    found.set(
      key,
      known
        ? {
            ...known,
            contracts: [...known.contracts, ...failure.contracts],
            sqlstate: known.sqlstate ?? failure.sqlstate,
            recovers: known.recovers && failure.recovers,
          }
        : failure,
    )
  }
  for (const { contract, attempt, recovers } of suspects) {
    const { endpoint, sqlstate, failure } = attempt
    add({ endpoint, sqlstate, recovers, contracts: [contract.name], message: failure ?? '' })
  }
  for (const { request, answer, recovers } of failing) {
    const sqlstate = readSqlstate(answer.text)
    add({ endpoint: request.endpoint, sqlstate, recovers, contracts: [], message: toWords(answer) })
  }
  return [...found.values()]
}

async function writeRows<C extends Tried>(server: LiveServerPort<C>, contracts: readonly C[]): Promise<void> {
  for (const contract of contracts.filter(({ isOwn }) => isOwn).slice(0, writersAtMost))
    await server.attempt(contract, true)
}

async function undo<C>(
  database: LiveDatabase<C>,
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
): Promise<LateRollback | null> {
  if (database.rollBack === null) return null
  const written = await database.countRows()
  const stop = await database.rollBack()
  const left = await database.countRows()
  const tables = [...written].flatMap(([table, rows]) => {
    const added = rows - (after.get(table) ?? 0)
    if (added <= 0) return []
    const was = before.get(table)
    // What the phase itself had added to the table goes with it.
    const ofPhase = Math.max(0, (after.get(table) ?? 0) - (was ?? 0))
    const gone = rows - (left.get(table) ?? 0)
    const lost = Math.min(added, Math.max(0, gone - ofPhase))
    return [{ table, written: added, lost, isOfPhase: was === undefined }]
  })
  return { stop, tables }
}

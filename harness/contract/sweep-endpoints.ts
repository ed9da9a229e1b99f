import type { EndpointCell, ExercisedResponse, SweepPlan } from '../model/contract.ts'
import type { FindingEvidence } from '../model/finding.ts'
import type { ApiDocument } from './api-document.ts'
import { type LoggedIn, logInUsers } from './log-in-users.ts'
import { describeFailure } from './missing-object.ts'
import type { ApiOperation } from './parse-operations.ts'
import { type AskValue, makeSampleRequest, type SampleRequest, sampleOf } from './sample-request.ts'
import { sendRequest } from './send-request.ts'
import { type ReceivedResponse, validateResponse } from './validate-response.ts'

/** A server on a clone of the state after a phase. */
export interface SweptServer {
  readonly url: string
  readonly phase: number
  /** Inserts the seeded rows, or restores them. */
  seed(): Promise<void>
  ask: AskValue
  /** The first column of all rows that SQL finds. */
  askAll(sql: string): Promise<readonly unknown[]>
}

/** What a sweep of one phase showed. */
export interface Sweep {
  readonly cells: readonly (EndpointCell & { readonly operationId: string })[]
  readonly findings: readonly FindingEvidence[]
  readonly exercised: readonly ExercisedResponse[]
  /** Operations that did not accept their sample input, or were not called, with the reason. */
  readonly notShown: readonly string[]
}

const order = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE']

/**
 * Calls every operation of the document once with valid input, readers first, as each kind of user in turn until one
 * is allowed, and compares the answers with the document. About 10 ms an operation.
 * @throws server-unavailable, document-invalid
 */
export async function sweepEndpoints(
  document: ApiDocument,
  plan: SweepPlan,
  server: SweptServer,
): Promise<Sweep> {
  await server.seed()
  const users = await logInUsers(server.url, plan)
  const cells: Sweep['cells'][number][] = []
  const findings: FindingEvidence[] = []
  const exercised: ExercisedResponse[] = []
  const notShown: string[] = []
  const operations = [...document.operations].sort(
    (a, b) => order.indexOf(a.method) - order.indexOf(b.method),
  )
  for (const operation of operations) {
    if (!['GET', 'HEAD', 'OPTIONS'].includes(operation.method)) await server.seed()
    const call = await callOperation(document, operation, plan, users, server)
    const { status, problem } = call
    const isDue = server.phase >= operation.sincePhase
    cells.push({
      operationId: operation.operationId,
      phase: server.phase,
      status,
      outcome: toOutcome(call, isDue),
    })
    if (call.answer) {
      const validated = validateResponse(document, call.answer)
      if (validated.exercised) exercised.push(validated.exercised)
      if (isDue && problem === null) {
        findings.push(
          ...validated.faults.map((fault) => ({ kind: 'endpoint-violates-contract' as const, ...fault })),
        )
      }
    }
    if (isDue && problem !== null) findings.push(toFinding(operation, status, problem))
    if (isDue && call.notShown !== null) notShown.push(`${operation.operationId} (${call.notShown})`)
  }
  return { cells, findings, exercised, notShown }
}

interface Call {
  readonly status: number | null
  readonly answer: ReceivedResponse | null
  /** What is wrong although the operation should work; null when nothing is. */
  readonly problem: string | null
  /** Reason why the call shows nothing although nothing is wrong. */
  readonly notShown: string | null
}

async function callOperation(
  document: ApiDocument,
  operation: ApiOperation,
  plan: SweepPlan,
  users: readonly LoggedIn[],
  server: SweptServer,
): Promise<Call> {
  const sample = sampleOf(operation, plan)
  if (sample.skip !== undefined) return notCalled(sample.skip)
  if (sample.before !== undefined) await server.askAll(sample.before)
  const request = await makeSampleRequest(document, operation, plan, server.ask)
  if (typeof request === 'string') return notCalled(request)
  const senders = users.filter(({ kind }) => sample.as === undefined || sample.as === kind)
  const able = senders.filter(({ token }) => token !== null)
  if (!operation.isPublic && able.length === 0) return nobodyMay(senders)
  const answer = await sendAsAny(server.url, request, operation.isPublic ? [null] : able)
  if (answer.status >= 500) {
    return { status: answer.status, answer, problem: describeFailure(answer), notShown: null }
  }
  if (answer.status >= 400 && canSucceed(operation)) {
    return { status: answer.status, answer, problem: null, notShown: `${answer.status} to the sample input` }
  }
  const missing = await findMissing(request, sample.holds, plan, answer, server)
  return { status: answer.status, answer, problem: missing, notShown: null }
}

/** Tells whether an operation can succeed. One that is no longer offered describes refusals only. */
function canSucceed({ responses }: ApiOperation): boolean {
  return Object.keys(responses).some((status) => /^[23d]/.test(status))
}

function notCalled(reason: string): Call {
  return { status: null, answer: null, problem: null, notShown: reason }
}

function nobodyMay(senders: readonly LoggedIn[]): Call {
  const [first] = senders.flatMap((user) => (user.token === null ? [user] : []))
  if (!first) return notCalled('no user to call it as')
  const problem = `nobody could log in as ${first.kind} to call it`
  return { status: first.status, answer: null, problem, notShown: null }
}

/**
 * Sends as one user after the other until one succeeds or the server fails. Otherwise returns the answer to the first
 * user who is allowed.
 */
async function sendAsAny(
  url: string,
  { method, path, headers, body }: SampleRequest,
  senders: readonly (LoggedIn | null)[],
): Promise<ReceivedResponse> {
  const answers: ReceivedResponse[] = []
  for (const sender of senders) {
    const authorization = sender?.token ? { authorization: `Bearer ${sender.token}` } : {}
    const answer = await sendRequest(url, { method, path, headers: { ...headers, ...authorization }, body })
    if (answer.status < 400 || answer.status >= 500) return answer
    answers.push(answer)
  }
  const [first] = [...answers.filter(({ status }) => status !== 403), ...answers]
  if (!first) throw new Error(`${method} ${path} was sent by nobody`)
  return first
}

/** What the answer should contain and does not: the ids that SQL finds, or the seeded row of a list. */
async function findMissing(
  { operation, pathValues }: SampleRequest,
  holds: string | false | undefined,
  plan: SweepPlan,
  { body }: ReceivedResponse,
  { askAll }: SweptServer,
): Promise<string | null> {
  if (holds === false) return null
  const isList = operation.method === 'GET' && Object.keys(pathValues).length === 0
  const seeded = isList && typeof plan.ids?.[operation.path] === 'string' ? [plan.ids[operation.path]] : []
  const wanted = typeof holds === 'string' ? await askAll(holds) : seeded
  const text = JSON.stringify(body) ?? ''
  const missing = wanted.filter((id) => !text.includes(JSON.stringify(id)))
  if (missing.length === 0) return null
  return `the answer lacks ${missing.length} of ${wanted.length} rows that the database holds`
}

function toOutcome({ status, problem, notShown, answer }: Call, isDue: boolean): EndpointCell['outcome'] {
  if (problem !== null) return isDue ? 'failed' : 'dead'
  if (answer === null || status === null) return 'not-called'
  return notShown === null ? 'alive' : 'refused'
}

function toFinding(
  { operationId, method, path, sincePhase }: ApiOperation,
  status: number | null,
  reason: string,
) {
  return {
    kind: 'endpoint-failed' as const,
    operationId,
    request: `${method} ${path}`,
    status,
    sincePhase,
    reason,
  }
}

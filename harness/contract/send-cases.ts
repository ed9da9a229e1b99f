import type {
  ConformanceCheck,
  ContractFault,
  ExercisedResponse,
  ObjectToCome,
  SweepPlan,
} from '../model/contract.ts'
import type { FindingEvidence } from '../model/finding.ts'
import type { CaseOptions } from '../model/run-options.ts'
import type { ApiDocument } from './api-document.ts'
import { findOperation } from './find-operation.ts'
import { generateCases } from './generate-cases.ts'
import { type LoggedIn, logInUsers } from './log-in-users.ts'
import { describeFailure, isAwaited } from './missing-object.ts'
import type { ApiOperation } from './parse-operations.ts'
import { makeSampleRequest, type SampleRequest, sampleOf } from './sample-request.ts'
import { type RawRequest, sendRequest } from './send-request.ts'
import type { SweptServer } from './sweep-endpoints.ts'
import { type ReceivedResponse, validateResponse } from './validate-response.ts'

/** What the generated requests of one phase showed. */
interface CaseReport {
  readonly findings: readonly FindingEvidence[]
  readonly exercised: readonly ExercisedResponse[]
  readonly requests: number
}

/**
 * Sends generated requests: wrong data, no token or a foreign one, unknown methods, random values. The server must
 * refuse what the document does not accept, and never fail. Checks have Schemathesis' names.
 * @throws server-unavailable, document-invalid
 */
export async function sendCases(
  document: ApiDocument,
  plan: SweepPlan,
  server: SweptServer,
  options: CaseOptions & {
    /** Objects of later phases. Random input may need them, and a described 503 may name them. */
    readonly toCome: readonly ObjectToCome[]
  },
): Promise<CaseReport> {
  await server.seed()
  const users = await logInUsers(server.url, plan)
  const faults = new Map<string, ContractFault>()
  const exercised: ExercisedResponse[] = []
  let requests = 0
  const due = document.operations.filter(({ sincePhase }) => sincePhase <= server.phase)
  for (const operation of due) {
    await server.seed()
    const { before, skip } = sampleOf(operation, plan)
    if (skip !== undefined) continue
    const sample = await makeSampleRequest(document, operation, plan, server.ask)
    if (typeof sample === 'string') continue
    if (before !== undefined) await server.askAll(before)
    const send: Send = async (what, request, judge) => {
      const answer = await sendRequest(server.url, request)
      requests += 1
      const validated = validateResponse(document, answer)
      if (validated.exercised) exercised.push(validated.exercised)
      const isExcused = validated.exercised !== null && isAwaited(answer, options.toCome)
      const verdict = answer.status >= 500 && !isExcused ? serverFailed(what, answer) : judge(answer)
      const found = verdict ? [toFault(operation, answer, verdict)] : validated.faults.filter(isOfOperation)
      for (const fault of found) keepFirst(faults, fault)
      return answer
    }
    const { tokens, succeeded } = await findSender(sample, operation, users, send)
    if (!operation.isPublic) await probeAuthentication(sample, send)
    await tryMethods(document, sample, tokens, send)
    // Without a user who may, every generated case would be refused for that and show nothing.
    if (!succeeded) continue
    for (const { what, request, isValid } of generateCases(document, sample, options)) {
      await send(
        what,
        { ...request, headers: { ...request.headers, ...toAuthorization(tokens) } },
        ({ status }) =>
          isValid || status >= 400
            ? null
            : { check: 'negative_data_rejection', expected: `a refusal of ${what}`, got: String(status) },
      )
    }
  }
  const findings = [...faults.values()].map((fault) => ({
    kind: 'endpoint-violates-contract' as const,
    ...fault,
  }))
  return { findings, exercised, requests }
}

interface Verdict {
  readonly check: ConformanceCheck
  readonly expected: string
  readonly got: string
}

type Send = (
  what: string,
  request: RawRequest,
  judge: (answer: ReceivedResponse) => Verdict | null,
) => Promise<ReceivedResponse>

/** The token of a user whose valid request succeeds, or else of the first user. */
async function findSender(
  { method, path, headers, body }: SampleRequest,
  { isPublic }: ApiOperation,
  users: readonly LoggedIn[],
  send: Send,
): Promise<{ readonly tokens: string | null; readonly succeeded: boolean }> {
  const tokens = isPublic ? [null] : users.flatMap(({ token }) => (token === null ? [] : [token]))
  for (const token of tokens) {
    const request = { method, path, headers: { ...headers, ...toAuthorization(token) }, body }
    const { status } = await send('valid input', request, () => null)
    if (status < 400) return { tokens: token, succeeded: true }
  }
  return { tokens: tokens[0] ?? null, succeeded: false }
}

async function probeAuthentication(
  { method, path, headers, body }: SampleRequest,
  send: Send,
): Promise<void> {
  for (const [who, authorization] of [
    ['without a token', {}],
    ['with a token of nobody', toAuthorization('bm8.bm8.bm8')],
  ] as const) {
    await send(who, { method, path, headers: { ...headers, ...authorization }, body }, ({ status }) =>
      status >= 400 ? null : { check: 'ignored_auth', expected: `401 or 403 ${who}`, got: String(status) },
    )
  }
}

/** Methods that the document does not have for this very path, which another template may cover. */
async function tryMethods(
  { operations }: ApiDocument,
  { path }: SampleRequest,
  token: string | null,
  send: Send,
): Promise<void> {
  const plain = path.replace(/\?.*$/, '')
  const unknown = ['PUT', 'PATCH', 'DELETE', 'POST'].filter(
    (method) => !findOperation(operations, method, plain),
  )
  for (const method of unknown.slice(0, 1)) {
    await send(
      `the method ${method}`,
      { method, path: plain, headers: toAuthorization(token) },
      ({ status }) =>
        status >= 400
          ? null
          : { check: 'unsupported_method', expected: `404 or 405 to ${method}`, got: String(status) },
    )
  }
}

function toAuthorization(token: string | null): Readonly<Record<string, string>> {
  return token === null ? {} : { authorization: `Bearer ${token}` }
}

function serverFailed(what: string, answer: ReceivedResponse): Verdict {
  const got = `${answer.status}: ${describeFailure(answer)}`
  return { check: 'not_a_server_error', expected: `no failure of the server at ${what}`, got }
}

function toFault(
  { operationId, method, path }: ApiOperation,
  { status }: ReceivedResponse,
  verdict: Verdict,
): ContractFault {
  const request = `${method} ${path}`
  return { operationId, request, status, pointer: '', ...verdict }
}

function isOfOperation({ operationId }: ContractFault): boolean {
  return operationId !== null
}

/** Keeps one fault of a kind for each operation and status: a broken check fails a dozen times in the same way. */
function keepFirst(faults: Map<string, ContractFault>, fault: ContractFault): void {
  const key = [fault.operationId, fault.check, fault.status, fault.pointer].join(' ')
  if (!faults.has(key)) faults.set(key, fault)
}

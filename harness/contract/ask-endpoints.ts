import type { ApiDocument } from './api-document.ts'
import type { ApiOperation } from './parse-operations.ts'
import { makeSampleRequest, sampleOf } from './sample-request.ts'
import { sendRequest } from './send-request.ts'
import { validateResponse } from './validate-response.ts'

/** How the endpoints of a running server answered to GET. */
interface AskedEndpoints {
  readonly asked: number
  /** Of these, how many only said that they need a login. */
  readonly needLogin: number
  /** Without a value of any answer. */
  readonly faults: readonly string[]
  /** Operations that were not called, with the reason. */
  readonly notAsked: readonly string[]
}

/** A plan that says nothing: what it seeds is not on a server that people use. */
const NO_PLAN = { rows: {}, users: {} }

/**
 * Sends GET, and nothing else, to the operations that work by now and whose parameters the document gives, and holds each answer
 * against the document.
 * @param authorization header for operations that need a login; null: they may refuse
 * @throws server-unavailable, document-invalid
 */
export async function askEndpoints(
  document: ApiDocument,
  baseUrl: string,
  phase: number,
  authorization: string | null,
): Promise<AskedEndpoints> {
  const faults: string[] = []
  const notAsked: string[] = []
  let asked = 0
  let needLogin = 0
  for (const operation of document.operations.filter((one) => one.method === 'GET')) {
    const request =
      operation.sincePhase > phase
        ? `it comes with phase ${operation.sincePhase}`
        : (sampleOf(operation, NO_PLAN).skip ??
          (await makeSampleRequest(document, operation, NO_PLAN, async () => undefined)))
    if (typeof request === 'string') notAsked.push(`${operation.operationId}: ${request}`)
    else {
      asked += 1
      const headers = { ...request.headers, ...(authorization !== null && { authorization }) }
      const answer = await sendRequest(baseUrl, { method: 'GET', path: request.path, headers })
      const isRefused = answer.status === 401 || answer.status === 403
      if (isRefused && !operation.isPublic && authorization === null) needLogin += 1
      else faults.push(...judgeAnswer(document, operation, answer))
    }
  }
  return { asked, needLogin, faults, notAsked }
}

function judgeAnswer(
  document: ApiDocument,
  { operationId, path }: ApiOperation,
  answer: Awaited<ReturnType<typeof sendRequest>>,
): string[] {
  const name = `${operationId} (GET ${path})`
  const { status } = answer
  if (status >= 500) return [`${name} failed with ${status}`]
  // What an answer holds is production's, so only where and how it differs is told.
  return validateResponse(document, answer).faults.map(
    ({ check, pointer, expected }) =>
      `${name} answered ${status}, which is not as described: ${check}${pointer === '' ? '' : ` at ${pointer}`}, expected ${expected}`,
  )
}

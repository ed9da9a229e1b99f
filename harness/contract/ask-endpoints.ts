import type { ApiDocument } from './api-document.ts'
import type { ApiOperation } from './parse-operations.ts'
import { makeSampleRequest, sampleOf } from './sample-request.ts'
import { sendRequest } from './send-request.ts'
import { validateResponse } from './validate-response.ts'

/** How the endpoints of a running server answered to GET. */
interface AskedEndpoints {
  readonly asked: number
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
      faults.push(...judgeAnswer(document, operation, answer, authorization !== null))
    }
  }
  return { asked, faults, notAsked }
}

function judgeAnswer(
  document: ApiDocument,
  { operationId, path, isPublic }: ApiOperation,
  answer: Awaited<ReturnType<typeof sendRequest>>,
  isLoggedIn: boolean,
): string[] {
  const name = `${operationId} (GET ${path})`
  const { status } = answer
  if (status >= 500) return [`${name} failed with ${status}`]
  if ((status === 401 || status === 403) && !isPublic && !isLoggedIn) return []
  // What an answer holds is production's, so only where and how it differs is told.
  return validateResponse(document, answer).faults.map(
    ({ check, pointer, expected }) =>
      `${name} answered ${status}, which is not as described: ${check}${pointer === '' ? '' : ` at ${pointer}`}, expected ${expected}`,
  )
}

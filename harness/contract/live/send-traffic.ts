import type { EndpointTraffic } from '../../model/live.ts'
import { readSqlstate } from './read-sqlstate.ts'

/** A request that a contract made and that was answered well, to be sent again. */
export interface RepeatedRequest {
  readonly method: string
  /** With its query. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly status: number
  /** `GET /orders/{id}` where the document names it. */
  readonly endpoint: string
}

/** How a request was answered. */
export interface Answer {
  /** 0: not at all. */
  readonly status: number
  readonly text: string
  readonly tookMs: number
}

/** What was asked during one span of time. */
interface Traffic {
  readonly answers: readonly { readonly request: RepeatedRequest; readonly answer: Answer }[]
}

/** Requests that are under way at a time, and that are sent in all at most. */
const lanes = 2
const requestsAtMost = 4_000
const patienceMs = 15_000

/** Sends requests in turn while `work` goes on, each at least once. The pace is that of the server. */
export async function sendWhile<T>(
  url: string,
  requests: readonly RepeatedRequest[],
  work: () => Promise<T>,
): Promise<{ readonly traffic: Traffic; readonly result: T }> {
  const answers: Traffic['answers'][number][] = []
  let isOver = false
  let next = 0
  const lane = async () => {
    while (requests.length > 0 && (!isOver || next < requests.length) && next < requestsAtMost) {
      const request = requests[next++ % requests.length] as RepeatedRequest
      answers.push({ request, answer: await send(url, request) })
    }
  }
  const sending = Array.from({ length: lanes }, lane)
  try {
    const result = await work()
    isOver = true
    await Promise.all(sending)
    return { traffic: { answers }, result }
  } finally {
    isOver = true
    await Promise.allSettled(sending)
  }
}

/** Sends a request once more. It never throws: no answer is an answer, too. */
export async function send(url: string, { method, path, headers }: RepeatedRequest): Promise<Answer> {
  const startedAt = performance.now()
  const took = () => performance.now() - startedAt
  try {
    const response = await fetch(`${url}${path}`, {
      method,
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(patienceMs),
    })
    const text = (await response.text()).slice(0, 2_000)
    return { status: response.status, text, tookMs: took() }
  } catch (error) {
    const isLate = (error as Error).name === 'TimeoutError'
    return {
      status: 0,
      text: isLate ? `no answer within ${patienceMs / 1000} s` : 'no answer',
      tookMs: took(),
    }
  }
}

/** Whether an answer is a failure where another status was answered before. */
export function isFailure({ status }: Answer, { status: before }: RepeatedRequest): boolean {
  return status === 0 || status >= 500 || (status >= 400 && before < 400)
}

/**
 * Sums traffic up by endpoint. Pure.
 * @param isExcused a request that fails after the phase as well: what it met is not due to the phase being applied
 */
export function toEndpointTraffic(
  { answers }: Traffic,
  isExcused: (request: RepeatedRequest) => boolean,
): EndpointTraffic[] {
  const names = [...new Set(answers.map(({ request }) => request.endpoint))].sort()
  return names.map((endpoint) => {
    const own = answers.filter(({ request }) => request.endpoint === endpoint)
    const failed = own.filter(({ request, answer }) => isFailure(answer, request) && !isExcused(request))
    const [first] = failed
    return {
      endpoint,
      requests: own.length,
      failed: failed.length,
      message: first ? toWords(first.answer) : null,
      longestMs: Math.round(Math.max(...own.map(({ answer }) => answer.tookMs))),
    }
  })
}

/** What an answer was, in words that hold no part of its body. */
export function toWords({ status, text }: Answer): string {
  if (status === 0) return text
  const sqlstate = readSqlstate(text)
  return `it answered ${status}${sqlstate === null ? '' : ` (${sqlstate})`}`
}

import { HarnessError } from '../model/error.ts'
import type { ReceivedResponse } from './validate-response.ts'

/** A request as it goes over the wire. */
export interface RawRequest {
  readonly method: string
  /** With query. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON unless it is text already; undefined: no body. */
  readonly body?: unknown
}

/** Longest wait for an answer. */
const deadlineMs = 20_000

/**
 * Sends one request. Redirects are not followed: they are answers too.
 * @throws server-unavailable when no answer comes
 */
export async function sendRequest(
  baseUrl: string,
  { method, path, headers = {}, body }: RawRequest,
): Promise<ReceivedResponse> {
  let answer: Response
  let text: string
  try {
    const init = { method, redirect: 'manual' as const, signal: AbortSignal.timeout(deadlineMs) }
    const content = typeof body === 'string' ? body : JSON.stringify(body)
    answer = await fetch(`${baseUrl}${path}`, {
      ...init,
      headers: {
        // A server may end an idle connection in the very moment in which the next request takes it.
        connection: 'close',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: content }),
    })
    text = await answer.text()
  } catch (cause) {
    const { message, cause: inner } = cause as Error
    const reason = inner instanceof Error ? `${message}: ${inner.message}` : message
    throw new HarnessError(
      'server-unavailable',
      `${method} ${path} got no answer from the server: ${reason}`,
      'Look at the server: it died or it hangs.',
      { attempted: `${method} ${path}`, cause: reason, log: [] },
      { cause },
    )
  }
  const contentType = answer.headers.get('content-type')
  return { method, path, status: answer.status, contentType, body: toBody(contentType, text) }
}

function toBody(contentType: string | null, text: string): unknown {
  if (text === '') return undefined
  if (contentType === null || !/[/+]json\b/i.test(contentType)) return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

import supertest from 'supertest'
import type { ContractFault, ExercisedResponse } from '../model/contract.ts'
import type { ApiDocument } from './api-document.ts'
import { findOperation } from './find-operation.ts'
import type { RepeatedRequest } from './live/send-traffic.ts'
import { type ReceivedResponse, validateResponse } from './validate-response.ts'

/** supertest's requests to one server. */
export type Api = ReturnType<typeof supertest>

/** Requests to a server, with what its answers showed so far. */
interface RecordedApi {
  readonly api: Api
  readonly faults: readonly ContractFault[]
  readonly exercised: readonly ExercisedResponse[]
  /** Status of every answer, in order. */
  readonly statuses: readonly number[]
  /** Every request that was answered, as it can be sent again without its body, and what the server said where it failed. */
  readonly requests: readonly (RepeatedRequest & { readonly said: string })[]
  /** Requests that were made and are not answered yet: never sent, for nobody awaited them, or still on their way. */
  open(): readonly string[]
}

/** The parts of a superagent response that are read here. */
export interface SuperagentResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
  readonly text?: string
  readonly request: {
    readonly method: string
    readonly url: string
    readonly header?: Readonly<Record<string, string>>
  }
}

/**
 * supertest on a server. Every answer is compared with the document as it arrives; without a document it must only be
 * no failure.
 * @param url of the server, without a path
 */
export function recordApi(url: string, document: ApiDocument | null): RecordedApi {
  const faults: ContractFault[] = []
  const exercised: ExercisedResponse[] = []
  const statuses: number[] = []
  const requests: RecordedApi['requests'][number][] = []
  const open = new Map<object, string>()
  const record = (response: SuperagentResponse) => {
    statuses.push(response.status)
    const received = toReceived(response)
    requests.push(toRepeated(response, received, document))
    if (!document) {
      if (response.status >= 500) faults.push(toServerFailure(received))
      return
    }
    const validated = validateResponse(document, received)
    faults.push(...validated.faults)
    if (validated.exercised) exercised.push(validated.exercised)
  }
  const api = new Proxy(supertest(url), {
    get(target, name, receiver) {
      const member: unknown = Reflect.get(target, name, receiver)
      if (typeof member !== 'function') return member
      return (...args: unknown[]) => {
        const made: unknown = member.apply(target, args)
        if (isRequest(made)) {
          const settle = () => open.delete(made)
          open.set(made, `${made.method} ${new URL(made.url).pathname}`)
          made.on('response', settle).on('response', record).on('error', settle).on('abort', settle)
        }
        return made
      }
    },
  })
  return { api, faults, exercised, statuses, requests, open: () => [...open.values()] }
}

/** A superagent or supertest response as the document's validation takes it. */
export function toReceived(response: SuperagentResponse): ReceivedResponse {
  const contentType = response.headers['content-type'] ?? null
  const isJson = contentType !== null && /[/+]json\b/i.test(contentType)
  return {
    method: response.request.method,
    path: new URL(response.request.url, 'http://localhost').pathname,
    status: response.status,
    contentType,
    // superagent makes an empty object of what it could not parse.
    body: isJson ? response.body : response.text || undefined,
  }
}

function toRepeated(
  { request, text = '' }: SuperagentResponse,
  { method, path, status }: ReceivedResponse,
  document: ApiDocument | null,
): RecordedApi['requests'][number] {
  const { pathname, search } = new URL(request.url, 'http://localhost')
  const template = document && findOperation(document.operations, method, path)?.path
  const endpoint = `${method} ${template ?? pathname.replaceAll(/\/\d+(?=\/|$)/g, '/{id}')}`
  const said = status >= 500 ? text.slice(0, 2_000) : ''
  return { method, path: `${pathname}${search}`, headers: request.header ?? {}, status, endpoint, said }
}

function toServerFailure({ method, path, status }: ReceivedResponse): ContractFault {
  return {
    check: 'not_a_server_error',
    operationId: null,
    request: `${method} ${path}`,
    status,
    pointer: '',
    expected: 'an answer',
    got: 'a failure of the server',
  }
}

interface MadeRequest {
  readonly method: string
  readonly url: string
  on(event: string, hear: (response: SuperagentResponse) => void): this
}

function isRequest(value: unknown): value is MadeRequest {
  return (
    typeof value === 'object' &&
    value !== null &&
    'on' in value &&
    typeof value.on === 'function' &&
    'method' in value &&
    'url' in value
  )
}

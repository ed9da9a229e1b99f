import { expect } from 'vitest'
import type { ApiDocument } from '../contract/api-document.ts'
import { type SuperagentResponse, toReceived } from '../contract/recorded-api.ts'
import { renderFault } from '../contract/render-fault.ts'
import { validateResponse } from '../contract/validate-response.ts'

interface ApiMatchers<R = unknown> {
  /** The answer is as the scenario's OpenAPI document describes it: status, content type, body. */
  toSatisfyApiSpec(): R
  /** The answer is as that operation describes it, with this status. */
  toMatchOperation(operationId: string, parts?: { readonly status?: number }): R
}

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: the parameter must be declared as Vitest declares it.
  interface Matchers<T = any> extends ApiMatchers<T> {}
}

/** Holds the answer against a document, as the matchers do. @throws when the document has no such operation */
function matchAnswer(
  against: ApiDocument,
  response: SuperagentResponse,
  operationId?: string,
  status?: number,
): { readonly pass: boolean; readonly message: () => string } {
  const { operation, faults } = validateResponse(against, toReceived(response), operationId)
  // Thrown, for a slip of the test must not pass where the claim is negated.
  if (operationId !== undefined && !operation)
    throw new Error(`${against.file} has no operation ${operationId}`)
  const name = operation ? `${operation.operationId} (${operation.method} ${operation.path})` : 'no operation'
  const isOther = status !== undefined && response.status !== status
  const lines = [
    ...(isOther
      ? [`${name} answered ${response.status}\n  expected  ${status}\n  got       ${response.status}`]
      : []),
    ...faults.map(renderFault),
  ]
  const message = () =>
    lines.length > 0
      ? lines.join('\n')
      : `${name} answered ${response.status} as ${against.file} describes it`
  return { pass: lines.length === 0, message }
}

/** Teaches `expect` the two matchers, on the document of the scenario, which is read when the first is used. Without one they throw, negated or not. */
export function addApiMatchers(readDocument: () => ApiDocument | null): void {
  const match = (response: SuperagentResponse, operationId?: string, status?: number) => {
    const document = readDocument()
    if (document) return matchAnswer(document, response, operationId, status)
    throw new Error('the scenario names no OpenAPI document: give it contract: { document } in scenario.ts')
  }
  expect.extend({
    toSatisfyApiSpec: (response: SuperagentResponse) => match(response),
    toMatchOperation: (response: SuperagentResponse, operationId: string, parts: { status?: number } = {}) =>
      match(response, operationId, parts.status),
  })
}

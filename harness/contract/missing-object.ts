import type { ObjectToCome } from '../model/contract.ts'
import { describeValue } from './describe-value.ts'
import { toRecord } from './resolve-pointer.ts'
import type { ReceivedResponse } from './validate-response.ts'

/**
 * The server's own error code and the object it misses, if it names one. Its text is left out, because it may hold
 * data.
 */
export function describeFailure({ body }: ReceivedResponse): string {
  const { code } = toRecord(body)
  const missing = missingOf(body)
  const parts = [
    ...(typeof code === 'string' ? [code] : []),
    ...(missing === null ? [] : [`missing ${missing}`]),
  ]
  return parts.length === 0 ? `the server failed and answered ${describeValue(body, '')}` : parts.join(', ')
}

/**
 * Tells whether an answer is a 503 for an object that a later phase brings. One that names no missing object is not.
 */
export function isAwaited({ status, body }: ReceivedResponse, toCome: readonly ObjectToCome[]): boolean {
  const missing = missingOf(body)?.replace(/^public\./, '')
  return (
    status === 503 &&
    missing !== undefined &&
    toCome.some(({ table, column }) => (column === null ? table : `${table}.${column}`) === missing)
  )
}

/** `meta.missing` of the answer: `public.units`, `trips.tripCost`. */
function missingOf(body: unknown): string | null {
  const { missing } = toRecord(toRecord(body).meta)
  return typeof missing === 'string' ? missing : null
}

import type { ObjectToCome } from '../model/contract.ts'
import { describeValue } from './describe-value.ts'
import { toRecord } from './resolve-pointer.ts'
import type { ReceivedResponse } from './validate-response.ts'

/** The server's own code and what it misses, if it says so; never its text, which may hold data. */
export function describeFailure({ body }: ReceivedResponse): string {
  const { code } = toRecord(body)
  const missing = missingOf(body)
  const parts = [
    ...(typeof code === 'string' ? [code] : []),
    ...(missing === null ? [] : [`missing ${missing}`]),
  ]
  return parts.length === 0 ? `the server failed and answered ${describeValue(body, '')}` : parts.join(', ')
}

/** Is it a 503 for want of something that a later phase brings? One that does not say what it misses is none. */
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

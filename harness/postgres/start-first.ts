import type { HarnessError } from '../model/error.ts'
import type { RunningPostgres } from '../model/ports.ts'
import type { PostgresProvider, ProviderOptions } from './provider.ts'
import { isUnavailable, missing } from './unavailable.ts'

const quickMs = 1_000

/**
 * Starts the first provider that is available. A missing one is no failure, since nobody asked for it by name. The server's description
 * says why it was taken.
 * @throws postgres-unavailable of the last provider when none is available
 */
export async function startFirst(
  candidates: readonly PostgresProvider[],
  options: ProviderOptions,
): Promise<RunningPostgres> {
  let reason: string | undefined
  let failure: HarnessError | undefined
  for (const provider of candidates) {
    const found = await provider.probe(options.env, quickMs)
    if (!found.available) {
      failure = missing(provider, found.reason)
      reason = found.reason
      continue
    }
    try {
      return await provider.start({ ...options, reason: reason ?? found.reason })
    } catch (error) {
      if (!isUnavailable(error)) throw error
      options.progress.step(error.message)
      failure = error
      reason = `${found.reason}, but ${provider.title} did not start`
    }
  }
  throw failure ?? new Error('there is no provider to take unasked')
}

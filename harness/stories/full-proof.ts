import { type CapturedFiles, toCaptureProof } from '../capture/leak/prove-captured.ts'
import type { LeakOptions } from '../capture/leak/prove-no-leak.ts'
import type { LeakProof } from '../model/policy.ts'
import { type TrialServer, tryLoading } from './try-loading.ts'

/**
 * What a captured snapshot must pass before it takes its place: the leak proof, and where there is a server to try it on, that it
 * loads. What leaks is not loaded anywhere. Where loading cannot be tried, that is told and the proof is without that check.
 */
export function toFullProof(
  options: LeakOptions,
  trial: TrialServer | undefined,
  signal: AbortSignal | undefined,
): (captured: CapturedFiles) => Promise<LeakProof> {
  const proveNoLeak = toCaptureProof(options)
  return async (captured) => {
    const proof = await proveNoLeak(captured)
    if (!proof.passed || trial === undefined) return proof
    const loads = await tryLoading(captured, trial, options.progress, signal)
    if (typeof loads !== 'string') return { ...proof, passed: loads.passed, checks: [...proof.checks, loads] }
    options.progress.step(`whether all rows satisfy the schema could not be tried: ${loads}`)
    return proof
  }
}

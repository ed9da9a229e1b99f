import { type CapturedFiles, toCaptureProof } from '../capture/leak/prove-captured.ts'
import type { LeakOptions } from '../capture/leak/prove-no-leak.ts'
import type { LeakProof } from '../model/policy.ts'
import { type LoadServer, tryLoading } from './try-loading.ts'

/**
 * Proves a captured snapshot before it takes its place: the leak proof, and, if there is a server to try it on, that
 * it loads. A snapshot that leaks is loaded nowhere.
 */
export function toFullProof(
  options: LeakOptions,
  loadServer: LoadServer | undefined,
  signal: AbortSignal | undefined,
): (captured: CapturedFiles) => Promise<LeakProof> {
  // Where loading cannot be tried, that is reported and the proof has no such check.
  const proveNoLeak = toCaptureProof(options)
  return async (captured) => {
    const proof = await proveNoLeak(captured)
    if (!proof.passed || loadServer === undefined) return proof
    const loads = await tryLoading(captured, loadServer, options.progress, signal)
    if (typeof loads !== 'string') return { ...proof, passed: loads.passed, checks: [...proof.checks, loads] }
    options.progress.step(`whether all rows satisfy the schema could not be tried: ${loads}`)
    return proof
  }
}

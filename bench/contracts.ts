import { availableParallelism } from 'node:os'
import type { ContractCost } from '../harness/proof/to-contract-cost.ts'
import { withProjectCopy } from './project-copy.ts'

/** The cost of phase 4's contracts in a warm run, as a sentence. */
export function describeContracts(project: string): Promise<string> {
  return withProjectCopy(project, async (copy) => {
    await copy.runCli('prove', '4', '--postgres', 'embedded', '--no-contracts')
    const { runs, requests, cloneWaitMs, durationMs, wallMs } = JSON.parse(
      await copy.runScript('bench/print-contract-cost.ts'),
    ) as ContractCost & { readonly wallMs: number }
    // As vitest.config.ts has it.
    const workers = Math.max(2, availableParallelism() - 1)
    return [
      `Phase 4 with contracts, warm: ${(wallMs / 1000).toFixed(1)} s, of which ${workers} workers spent`,
      `${Math.round((100 * durationMs) / (wallMs * workers))} % in ${runs} runs of contracts with ${requests} requests,`,
      `the rest in starting, in calling every endpoint and in probes. A run waited for its clone`,
      `${cloneWaitMs.p50} ms (p50), ${cloneWaitMs.p95} ms (p95).`,
    ].join(' ')
  })
}

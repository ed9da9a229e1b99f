import type { TestRecord } from '../model/test-record.ts'

/** What the contracts of a run cost; for the bench. */
export interface ContractCost {
  readonly runs: number
  readonly requests: number
  /** p50 and p95 of the wait for a clone, in ms. */
  readonly cloneWaitMs: { readonly p50: number; readonly p95: number }
  /** Sum over all runs, in ms; runs share the processors with each other. */
  readonly durationMs: number
}

/** Adds up the runs of all contracts. Pure. */
export function toContractCost(records: readonly TestRecord[]): ContractCost {
  const contracts = records.filter(({ subject }) => subject.kind === 'contract')
  const attempts = contracts.flatMap((record) => record.attempts)
  const waits = attempts.map(({ cloneMs }) => cloneMs).sort((left, right) => left - right)
  const at = (share: number) =>
    Math.round((waits[Math.min(waits.length - 1, Math.floor(waits.length * share))] ?? 0) * 10) / 10
  return {
    runs: attempts.length,
    requests: attempts.reduce((sum, { requests }) => sum + requests, 0),
    cloneWaitMs: { p50: at(0.5), p95: at(0.95) },
    durationMs: Math.round(contracts.reduce((sum, { durationMs }) => sum + durationMs, 0)),
  }
}

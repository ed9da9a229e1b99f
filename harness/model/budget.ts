/** What a deploy of one phase may cost. What is left out has its default. */
export interface CostBudget {
  /** Longest time that a lock may keep readers of a table with rows waiting. Default 2,000. */
  readonly readsWaitMs?: number
  /** Longest time that a lock may keep writers of a table with rows waiting while others read. Default 10,000. */
  readonly writesWaitMs?: number
  /** Largest table that may be written anew, without its indexes. Default 1 GiB. */
  readonly rewriteBytes?: number
  /** Time limit of the deploy itself, in which all pending migrations must end. Default 300,000. */
  readonly deployMs?: number
}

/** Budgets by the risk of a phase. */
export type CostBudgets = Partial<Readonly<Record<'low' | 'medium' | 'high', CostBudget>>>

/** What holds where a scenario says nothing. */
export const DEFAULT_BUDGET: Required<CostBudget> = {
  readsWaitMs: 2_000,
  writesWaitMs: 10_000,
  rewriteBytes: 1_073_741_824,
  deployMs: 300_000,
}

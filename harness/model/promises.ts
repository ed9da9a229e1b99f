/**
 * What the last committed proof of a scenario promised: `scenarios/<name>/promises.json`. Written only when a person asks for it,
 * so that a scenario which promises less says so until somebody has agreed.
 */
export interface Promises {
  readonly format: 1
  /** By folder name of the phase: what was judged there. */
  readonly phases: Readonly<Record<string, { readonly expectations: number; readonly contracts: number }>>
  /** What a proof of all phases did not show, without its figures and names. */
  readonly limits: readonly string[]
  /** Differences that `known-differences.json` accepted: `linear "orders: index orders_hotfix"`. Absent: none. */
  readonly accepted?: readonly string[]
}

import type { CostAtSize } from '../../model/cost.ts'

/** What a deploy takes at one size: an interval, never one number. */
interface DurationEstimate {
  readonly fromMs: number
  readonly toMs: number
  /** Largest distance of a measurement from the line, as a share of what the line says there. */
  readonly spread: number
}

/**
 * What a deploy takes at a number of rows, by a straight line through measurements: least relative squares, so that small sizes count too.
 * The interval is as wide as the line is off. Null for fewer than three sizes. Pure.
 */
export function estimateDuration(sizes: readonly CostAtSize[], rows: number): DurationEstimate | null {
  if (sizes.length < 3) return null
  const { base, perRow } = fitLine(sizes)
  const at = (count: number) => base + perRow * count
  const spread = Math.max(...sizes.map((size) => Math.abs(size.durationMs / at(size.rows) - 1)))
  return { fromMs: at(rows) * Math.max(0, 1 - spread), toMs: at(rows) * (1 + spread), spread }
}

/** No deploy gets faster by more rows, nor takes less than nothing: where the line would say so it is level. */
function fitLine(sizes: readonly CostAtSize[]): { base: number; perRow: number } {
  let [weights, rows, squares, times, products] = [0, 0, 0, 0, 0]
  for (const { rows: count, durationMs } of sizes) {
    const weight = 1 / durationMs ** 2
    weights += weight
    rows += weight * count
    squares += weight * count * count
    times += weight * durationMs
    products += weight * count * durationMs
  }
  const perRow = (weights * products - rows * times) / (weights * squares - rows * rows)
  const base = (times - perRow * rows) / weights
  if (perRow >= 0 && base > 0) return { base, perRow }
  return perRow < 0 || !Number.isFinite(perRow)
    ? { base: times / weights, perRow: 0 }
    : { base: 0, perRow: products / squares }
}

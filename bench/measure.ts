/** Durations of repeated runs, in milliseconds. */
export interface Sample {
  readonly medianMs: number
  readonly minMs: number
  readonly maxMs: number
  readonly runs: number
}

/** One line of the results: our work beside a yardstick, measured in the same run. */
export interface Comparison {
  readonly what: string
  readonly ours: Sample
  readonly against: string
  readonly theirs: Sample
  /** The aim in words; the ratio is ours.medianMs / theirs.medianMs. */
  readonly aim: string
}

/**
 * Runs two ways in turn, A B A B …, so that a machine that slows down slows both. Each returns its milliseconds. The first pair is not
 * counted unless `warmsUp` is false.
 */
export async function sideBySide(
  runs: number,
  ours: () => Promise<number>,
  theirs: () => Promise<number>,
  warmsUp = true,
): Promise<{ ours: Sample; theirs: Sample }> {
  const a: number[] = []
  const b: number[] = []
  for (let run = warmsUp ? 0 : 1; run <= runs; run += 1) {
    const [x, y] = [await ours(), await theirs()]
    if (run === 0) continue
    a.push(x)
    b.push(y)
  }
  const measured = { ours: toSample(a), theirs: toSample(b) }
  process.stderr.write(
    `  ${Math.round(measured.ours.medianMs)} ms beside ${Math.round(measured.theirs.medianMs)} ms\n`,
  )
  return measured
}

/** Milliseconds that the work takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await work()
  return performance.now() - from
}

/** Median and range of some durations, in ms. */
export function toSample(durations: readonly number[]): Sample {
  const sorted = durations.toSorted((a, b) => a - b)
  const median = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
  return {
    medianMs: median,
    minMs: sorted[0] ?? Number.NaN,
    maxMs: sorted.at(-1) ?? Number.NaN,
    runs: sorted.length,
  }
}

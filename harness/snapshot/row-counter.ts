import type { Progress } from '../model/ports.ts'

const INTERVAL_MS = 250

/**
 * Returns a function that adds rows to a running count. It reports the count a few times a second, and once more when
 * all rows are there.
 */
export function toRowCounter(progress: Progress, text: string, total: number): (rows: number) => void {
  let done = 0
  let reportedAt = performance.now()
  return (rows) => {
    done += rows
    const now = performance.now()
    if (done < total && now - reportedAt < INTERVAL_MS) return
    reportedAt = now
    progress.count(text, done, total)
  }
}

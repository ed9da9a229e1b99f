import type { Progress } from '../model/ports.ts'

const INTERVAL_MS = 250

/**
 * Adds rows and bytes to a running count and reports rows, MB/s and time left a few times a second. `rows` is an
 * estimate.
 */
export function toThroughput(progress: Progress, rows: number): (rows: number, bytes: number) => void {
  const startedAt = performance.now()
  let [done, bytes, reportedAt] = [0, 0, startedAt]
  return (moreRows, moreBytes) => {
    done += moreRows
    bytes += moreBytes
    const now = performance.now()
    if (now - reportedAt < INTERVAL_MS) return
    reportedAt = now
    const seconds = (now - startedAt) / 1000
    const left = done < rows ? Math.ceil((seconds / done) * (rows - done)) : 0
    const about = left > 0 ? `, about ${left} s left` : ''
    progress.count(
      `rows masked, ${(bytes / 1e6 / seconds).toFixed(1)} MB/s${about}`,
      done,
      Math.max(rows, done),
    )
  }
}

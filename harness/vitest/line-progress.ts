import { acceptsEscapes } from '../ground/terminal.ts'
import type { Progress } from '../model/ports.ts'

/** May a line on standard error be drawn over? */
export const isLive = acceptsEscapes(process.stderr, process.env) && !process.env.CI
const MIN_INTERVAL_MS = 200
let drawn = false
let lastMs = 0

/** Progress on standard error: a line per step; counts as a live line on a terminal, and not at all elsewhere. */
export const lineProgress: Progress = {
  step(text) {
    clear()
    process.stderr.write(`  ${text}\n`)
  },
  count(text, done, total) {
    if (!isLive) return
    const nowMs = Date.now()
    if (done < total && nowMs - lastMs < MIN_INTERVAL_MS) return
    lastMs = nowMs
    clear()
    if (done >= total) return
    process.stderr.write(`  ${text} ${done.toLocaleString('en-US')} of ${total.toLocaleString('en-US')}`)
    drawn = true
  },
}

function clear(): void {
  if (!drawn) return
  process.stderr.write('\r\u001B[2K')
  drawn = false
}

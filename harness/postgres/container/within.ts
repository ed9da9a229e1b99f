import { setTimeout as sleep } from 'node:timers/promises'

/**
 * What the work comes to, if it comes in time. Docker's client waits for ever for an engine that hangs.
 * @throws Error when it is late; the work itself goes on
 */
export async function within<T>(timeoutMs: number, work: Promise<T>): Promise<T> {
  const late = sleep(timeoutMs, undefined, { ref: false }).then(() => {
    throw new Error(`it did not start within ${timeoutMs / 1000} s`)
  })
  return Promise.race([work, late])
}

import { takeOverSignals } from '../ground/signals.ts'
import { Interrupted } from './interrupted.ts'

/** Takes over the signals that ask the process to end: the first aborts, later ones are ignored while we tidy up. */
export function takeSignals(): AbortSignal {
  return takeOverSignals((name) => new Interrupted(name))
}

/** Waits for `work` or for the signal, whichever comes first; what goes on behind an interruption may fail unheard. */
export async function orInterrupted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  work.catch(() => {})
  let interrupt = () => {}
  const interrupted = new Promise<never>((_, reject) => {
    interrupt = () => reject(signal.reason as Error)
  })
  signal.addEventListener('abort', interrupt, { once: true })
  if (signal.aborted) interrupt()
  try {
    return await Promise.race([work, interrupted])
  } finally {
    signal.removeEventListener('abort', interrupt)
  }
}

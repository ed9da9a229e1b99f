/** The signals by which a person or the system asks a process to end. */
export const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Waits until this process is asked to end. */
export function untilAskedToEnd(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of endingSignals) process.once(signal, resolve)
  })
}

/** Gives a signal that aborts when this process is asked to end, which then ends only when its work does. */
export function abortWhenAskedToEnd(): AbortSignal {
  const controller = new AbortController()
  for (const signal of endingSignals) process.once(signal, () => controller.abort())
  return controller.signal
}

/** Takes the ending signals over: the first aborts with what `toReason` makes of it, later ones are ignored. */
export function takeOverSignals(toReason: (signal: NodeJS.Signals) => Error): AbortSignal {
  const controller = new AbortController()
  for (const name of endingSignals) process.on(name, () => controller.abort(toReason(name)))
  return controller.signal
}

/** Runs `clean`, which must not wait for anything, when this process exits or is asked to end. */
export function cleanUpAtEnd(clean: () => void): void {
  process.on('exit', clean)
  for (const signal of endingSignals) {
    process.once(signal, () => {
      clean()
      // Who else listens decides whether the process ends; alone, the signal has to do what it does without a listener.
      if (process.listenerCount(signal) === 0) process.kill(process.pid, signal)
    })
  }
}

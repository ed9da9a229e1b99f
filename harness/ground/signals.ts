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

/**
 * Takes the ending signals over: the first aborts with what `toReason` makes of it, later ones are ignored. `keepOnlyOurs` removes the
 * listeners that others added since, which might end the process under our hands.
 */
export function takeOverSignals(toReason: (signal: NodeJS.Signals) => Error): {
  readonly abort: AbortSignal
  keepOnlyOurs(): void
} {
  const controller = new AbortController()
  const listener = (name: NodeJS.Signals) => controller.abort(toReason(name))
  for (const name of endingSignals) process.on(name, listener)
  return {
    abort: controller.signal,
    keepOnlyOurs() {
      for (const name of endingSignals) process.removeAllListeners(name).on(name, listener)
    },
  }
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

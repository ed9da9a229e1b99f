const events = ['uncaughtException', 'unhandledRejection'] as const

type Listener = (...values: unknown[]) => void

/** The listener of Vitest that counts an error, for each of the two events. */
const heardBy = new Map<string, Listener | undefined>()

/**
 * Lets Vitest hear every error that nobody catches. It says nothing of those that somebody else in its worker listens to, as servers do
 * for a process of their own, and a failed claim that a test did not wait for would be one of them.
 */
export function hearErrors(): void {
  const isFirst = heardBy.size === 0
  // Vitest adds its listeners anew before each file, so at its start they are the last ones.
  for (const event of events) heardBy.set(event, listenersOf(event).at(-1))
  if (!isFirst) return
  process.emit = new Proxy(process.emit, {
    apply(emit, self, values: unknown[]) {
      const [event] = values
      if (typeof event === 'string' && heardBy.has(event)) {
        const others = listenersOf(event).filter((listener) => listener !== heardBy.get(event))
        for (const other of others) process.off(event, other)
      }
      return Reflect.apply(emit, self, values)
    },
  })
}

function listenersOf(event: string): Listener[] {
  return process.listeners(event as 'exit') as Listener[]
}

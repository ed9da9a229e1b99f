/** One thing that happened in the server. Values must never hold row data, passwords, tokens or secrets. */
export interface LogEntry {
  readonly level: 'warn' | 'error'
  readonly event: string
  readonly [field: string]: string | readonly string[]
}

export type Log = (entry: LogEntry) => void

/** One JSON line on stderr per entry. */
export const logToStderr: Log = (entry) => {
  process.stderr.write(`${JSON.stringify({ time: new Date().toISOString(), ...entry })}\n`)
}

/** A message of Postgres that is no answer. */
export interface ServerMessage {
  readonly severity: string
  readonly message: string
}

/** What messages of one statement say. */
export interface Told {
  /** OID of each table written anew, with the reason. */
  readonly rewrites: readonly { readonly oid: string; readonly reason: string }[]
  readonly tempBytes: number
  /** Work on whole tables, in Postgres' own words. */
  readonly said: readonly string[]
}

/** Work on a whole table, or why it was not needed. Source: `ereport(DEBUG1` in tablecmds.c and index.c. */
const WORK =
  /^(rewriting table|verifying table|validating foreign key constraint|building index|existing constraints)/

/** Bits of `pg_event_trigger_table_rewrite_reason()`. Source: AT_REWRITE_* in event_trigger.h. */
const REASONS: readonly (readonly [number, string])[] = [
  [1, 'logged or unlogged'],
  [2, 'a default for each row'],
  [4, 'another type'],
  [8, 'another access method'],
]

/** Reads the messages that came while one statement ran. */
export function toTold(messages: readonly ServerMessage[]): Told {
  const rewrites: { oid: string; reason: string }[] = []
  const said = new Set<string>()
  let tempBytes = 0
  for (const { severity, message } of messages) {
    const rewrite = /^phaseproof rewrite (\d+) (\d+)$/.exec(message)
    if (severity === 'INFO' && rewrite) {
      const bits = Number(rewrite[2])
      const reasons = REASONS.filter(([bit]) => bits & bit).map(([, reason]) => reason)
      rewrites.push({ oid: rewrite[1] ?? '', reason: reasons.join(', ') || `reason ${bits}` })
    } else if (severity === 'LOG') {
      tempBytes += Number(/^temporary file: .*, size (\d+)$/.exec(message)?.[1] ?? 0)
    } else if (severity === 'DEBUG' && WORK.test(message)) said.add(message)
  }
  return { rewrites, tempBytes, said: [...said] }
}

/** Servers hand on what the driver says, or the driver's error as JSON. A code of the server's own, such as P2010, is none. */
const MARKED = /"?(?:code|sqlstate|originalCode)"?\s*[:=]\s*[`"']?((?:[0-57][0-9A-Z]|F0|HV|XX)[0-9A-Z]{3})\b/i

/** The SQLSTATE in what a server answered or logged; null where it names none. Pure. */
export function readSqlstate(text: string): string | null {
  const marked = MARKED.exec(text)?.[1]
  if (marked !== undefined) return marked
  return text.includes('cached plan must not change result type') ? '0A000' : null
}

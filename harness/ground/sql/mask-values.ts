/** What Postgres says about an error, as far as it may be shown. */
interface ErrorText {
  readonly message: string
  readonly detail: string | null
  readonly hint: string | null
}

/** SQLSTATE classes whose detail speaks of names and rules, never of rows. */
const NAMES_ONLY = new Set(['0A', '25', '2B', '3D', '3F', '42', '55'])

// Class 23 (integrity) quotes keys and rows in its detail, class 22 (data) quotes the offending value in its message. A text that a
// migration raises itself stays: its author chose it.
/** Removes the values of rows from what Postgres says: data do not belong in reports, sanitised or not. */
export function maskValues(sqlstate: string, error: ErrorText): ErrorText {
  const category = sqlstate.slice(0, 2)
  const message = category === '22' ? maskMessage(error.message) : error.message
  return { message, detail: maskDetail(category, error.detail), hint: error.hint }
}

function maskDetail(category: string, detail: string | null): string | null {
  if (detail === null || NAMES_ONLY.has(category)) return detail
  if (category !== '23') return null
  // Greedy to the last parenthesis, since a value can hold any character.
  const masked = detail.replace(/(=\s*|contains )\(.*\)/s, '$1(…)')
  return masked === detail && /[("]/.test(detail) ? null : masked
}

function maskMessage(message: string): string {
  return message
    .replace(/: ".*"/s, ': "…"')
    .replace(/\bvalue ".*"/s, 'value "…"')
    .replace(/(\b\w+ )?"([^"…]*)"/g, (quoted, word: string | undefined) =>
      /^(enum|type|encoding|column|relation|constraint|domain|function|parameter) $/.test(word ?? '')
        ? quoted
        : `${word ?? ''}"…"`,
    )
}

const URL_RUN = /\b([a-z][a-z0-9+.-]*):\/\/(\S+)/gi
const SECRET = '[\\w.-]*(?:passw(?:or)?d|passphrase|pwd|secret|token|api[-_]?key)[\\w.-]*'
const QUOTED = `'(?:[^'\\\\]|\\\\.)*'|"(?:[^"\\\\]|\\\\.)*"`
/** `password=…` of a query or of a libpq keyword string, also where `=` is percent-encoded. */
const ASSIGNED = new RegExp(`(${SECRET})(\\s*=\\s*|%3D)(?:${QUOTED}|(?:\\\\.|[^\\s&\\\\])*)`, 'gi')
/** `"password": "…"` of JSON and of printed objects. */
const PROPERTY = new RegExp(`((["'])${SECRET}\\2\\s*:\\s*)(?:${QUOTED})`, 'gi')

/**
 * A text without the secrets of the connection strings in it, whatever their scheme: passwords before a host, secret parameters,
 * `password=…` of libpq, and secret properties of JSON. Where a text can be read in two ways, the longer reading is hidden.
 */
export function redact(text: string): string {
  return text
    .replace(URL_RUN, (_run, scheme: string, rest: string) => `${scheme}://${hideUser(scheme, rest)}`)
    .replace(ASSIGNED, '$1$2***')
    .replace(PROPERTY, '$1"***"')
}

/**
 * A connection string as a name for people: user, host, port and database stay. All of its parameters are hidden, and a text that is
 * no URL is replaced whole, because a password could stand anywhere in it.
 */
export function redactUrl(text: string): string {
  const url = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/is.exec(text.trim())
  if (!url) return '(a connection string that is not a URL)'
  const [, scheme = '', rest = ''] = url
  return `${scheme}://${hideUser(scheme, rest)}`.replace(/\?.*$/s, '?***')
}

/** Stars out what may be a password between `://` and the last `@`: it may itself hold `/`, `?`, `@` and quotes. */
function hideUser(scheme: string, rest: string): string {
  const at = rest.lastIndexOf('@')
  if (at < 0) return rest
  const user = rest.slice(0, at)
  const isWeb = /^(?:https?|wss?)$/i.test(scheme)
  // `http://localhost:3000/users/@me`: a port and a path, where the standard allows no other reading.
  if (isWeb && /^[\w.-]+(?::\d{1,5})?[/?#]/.test(user)) return rest
  const colon = user.indexOf(':')
  const host = rest.slice(at)
  if (colon >= 0) return `${user.slice(0, colon)}:***${host}`
  return isWeb ? `***${host}` : rest
}

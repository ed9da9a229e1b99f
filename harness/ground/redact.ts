const hidden = '***'
/** In a name whose value is a secret: `password`, `PGPASSWORD`, `sslpassword`, `clientSecret`, `api_key`, `token_v2`. */
const secretWord =
  '(?:passw(?:or)?d|passphrase|pwd|secret|token|api[-_]?key|access[-_]?key|private[-_]?key|sslkey|credential)'
const secretName = `${secretWord}[\\w-]{0,20}`
/** A quotation mark, also as reports in XML write it. */
const mark = `["']|&(?:quot|apos|#34|#39);`
/** A quoted value, also in JSON inside JSON, where the quotes are escaped. One that never ends reaches to the end of its line. */
const quoted = `(?<bars>\\\\*)(?<quote>${mark})(?:[\\s\\S]*?(?<!\\\\)\\k<bars>\\k<quote>|[^\\n]*)`

const property = new RegExp(
  `(?<name>${secretName})(?<sign>(?:\\\\*(?:${mark}))?\\s*:\\s*)(?:${quoted}|-?\\d[\\d.]*)`,
  'gi',
)
const parameter = new RegExp(
  `(?<=[?&][\\w.%-]{0,40})(?<name>${secretName}|(?<=[?&])options)(?<sign>=|%3D)[^\\s&]*`,
  'gi',
)
const keyword = new RegExp(
  `(?<!&[\\w.%-]{0,40}|\\?[\\w.%-]{0,40})(?<name>${secretName}|\\boptions)(?<sign>\\s*=\\s*|%3D)(?:${quoted}|(?:\\\\.|\\S)*)`,
  'gi',
)
/** `PASSWORD 'x'` of a role and `password 'x'` of a user mapping. */
const sqlLiteral = new RegExp(`(${secretName}\\s+)(?:E|U&)?'(?:''|[^'])*(?:'|$)`, 'gi')
const bearer = /\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/g
const url = /\b(?<scheme>[a-z][a-z0-9+.-]*):\/\/(?<rest>\S*)/gi
/** A user and a password with white space in it, where a URL proper has a port or its end. */
const brokenUrl = /\b([a-z][a-z0-9+.-]*:\/\/[^\s:/@]*):(?!\d+(?:\/|\s|$))[^\s@]*\s[^\n]*@/gi
const withoutUsers = new Set(['file', 'node', 'data', 'blob'])

/**
 * A text without the secrets in it: passwords before the host of a URL of any scheme, secret parameters, `password=…` of libpq, secret
 * properties of JSON, passwords in SQL. Where a text can be read in two ways, the longer reading is hidden.
 */
export function redact(text: string): string {
  return text
    .replace(property, (...found) => hideProperty(toGroups(found)))
    .replace(parameter, (match, ...found) => hideValue(match, toGroups(found)))
    .replace(keyword, (match, ...found) => hideValue(match, toGroups(found)))
    .replace(sqlLiteral, `$1'${hidden}'`)
    .replace(brokenUrl, `$1:${hidden}@`)
    .replace(url, (match, ...found) => {
      const { scheme = '', rest = '' } = toGroups(found)
      return withoutUsers.has(scheme.toLowerCase()) ? match : `${scheme}://${hideUser(scheme, rest)}`
    })
    .replace(bearer, `$1 ${hidden}`)
}

/**
 * A connection string as a name for people: user, host, port and database stay. All of its parameters are hidden, and a text that is
 * no URL is replaced whole, because a password could stand anywhere in it.
 */
export function redactUrl(text: string): string {
  const [, scheme, rest] = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/is.exec(text.trim()) ?? []
  if (scheme === undefined || rest === undefined) return '(a connection string that is not a URL)'
  // Without a colon before the parameters there is no password before the host, whatever `@` follows.
  const shown = /^[^:?]*\?/.test(rest) ? rest : hideUser(scheme, rest)
  return `${scheme}://${shown.replace(/\?.*$/s, `?${hidden}`)}`
}

type Groups = Readonly<Record<string, string | undefined>>

function toGroups(found: readonly unknown[]): Groups {
  return found.at(-1) as Groups
}

function hideProperty({ name = '', sign = '', bars = '', quote = '' }: Groups): string {
  return `${name}${sign}${bars}${quote}${hidden}${bars}${quote}`
}

/** Options of a session are worth reading, unless one of them is a secret. */
function hideValue(match: string, { name = '', sign = '', bars = '', quote = '' }: Groups): string {
  const isOptions = name.toLowerCase() === 'options'
  if (isOptions && !new RegExp(secretWord, 'i').test(match)) return match
  return `${name}${sign}${bars}${quote}${hidden}${bars}${quote}`
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
  if (colon >= 0) return `${user.slice(0, colon)}:${hidden}${host}`
  return isWeb || !/^[^/?#]*$/.test(user) ? `${hidden}${host}` : rest
}

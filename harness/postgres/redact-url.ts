/**
 * A connection string as it may be shown: user, host, port and database stay, password and query become stars. Text
 * that is no URL is replaced whole, because a password could be anywhere in it.
 */
export function redactUrl(text: string): string {
  let url: URL
  try {
    url = new URL(text)
  } catch {
    return '(a connection string that is not a URL)'
  }
  const user = url.username === '' ? '' : `${url.username}${url.password === '' ? '' : ':***'}@`
  return `${url.protocol}//${user}${url.host}${url.pathname}${url.search === '' ? '' : '?***'}`
}

/** Any text with the Postgres connection strings in it redacted. */
export function redactUrls(text: string): string {
  return text.replace(/postgres(?:ql)?:\/\/[^\s"'`]+/g, redactUrl)
}

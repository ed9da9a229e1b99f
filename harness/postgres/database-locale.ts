import pg from 'pg'
import { quoteText } from '../ground/quote.ts'
import type { DatabaseConditions } from '../model/snapshot.ts'

/** Options of CREATE DATABASE that make one as production's is, the truest first; the last leaves it to the server. */
export function toLocaleOptions(
  conditions: Pick<DatabaseConditions, 'encoding' | 'locale'> | undefined,
  major: number,
): readonly string[] {
  if (conditions === undefined) return ['']
  const { encoding, locale } = conditions
  const [provider = '', ...rest] = locale.split(' ')
  const name = quoteText(rest.join(' '))
  const by = (kind: string) => (major < 15 ? '' : ` LOCALE_PROVIDER ${kind}`)
  const begin = ` TEMPLATE template0 ENCODING ${quoteText(encoding)}`
  const exact: Readonly<Record<string, string>> = {
    icu: `${by('icu')} ICU_LOCALE ${name} LOCALE 'C'`,
    builtin: `${by('builtin')} BUILTIN_LOCALE ${name} LOCALE 'C'`,
    libc: `${by('libc')} LOCALE ${name}`,
  }
  // The encoding decides which letters can be stored at all, so it is kept where the order cannot be.
  const plain = encoding === 'UTF8' ? [] : [`${begin}${by('libc')} LOCALE 'C'`]
  return [...(provider in exact ? [`${begin}${exact[provider]}`] : []), ...plain, '']
}

/** What Postgres says of an option that this server cannot give: an unknown locale, provider or encoding, or two that do not go together. */
const CANNOT = /^(22023|42809|42704|42601|0A000)$/

/** Tries one after the other until the server accepts. */
export async function firstThatFits<T>(
  options: readonly string[],
  attempt: (option: string) => Promise<T>,
): Promise<T> {
  const [option = '', ...others] = options
  try {
    return await attempt(option)
  } catch (error) {
    const mayGoOn = error instanceof pg.DatabaseError && CANNOT.test(error.code ?? '')
    if (!mayGoOn || others.length === 0) throw error
    return firstThatFits(others, attempt)
  }
}

import { HarnessError } from '../model/error.ts'
import { findExtensionSource } from './extension-sources.ts'

/** Something that a statement asked of the server and the server has not: no SQL of a database can bring it. */
interface ServerLack {
  readonly what: 'extension' | 'collation' | 'locale' | 'library' | 'dictionary'
  readonly name: string
}

/** What Postgres said about a statement. */
interface Said {
  readonly sqlstate: string | undefined
  /** In English, as every server of ours speaks. */
  readonly message: string
}

const PATTERNS: readonly (readonly [string, RegExp, ServerLack['what']])[] = [
  ['0A000', /^extension "(?<name>.+)" is not available/, 'extension'],
  ['58P01', /^could not open extension control file ".*\/(?<name>[^/]+)\.control"/, 'extension'],
  ['22023', /^extension "(?<name>.+)" has no (?:installation script nor )?update path/, 'extension'],
  ['58P01', /^could not (?:access file|load library) "(?:.*[/\\])?(?<name>[^"/\\]+)"/, 'library'],
  ['42704', /^collation "(?<name>.+)" for encoding ".+" does not exist/, 'collation'],
  ['22023', /^could not create locale "(?<name>.+)"/, 'locale'],
  ['42809', /^invalid (?:LC_COLLATE|LC_CTYPE) locale name: "(?<name>.+)"/, 'locale'],
  ['22023', /^could not open collator for locale "(?<name>.+)"/, 'locale'],
  [
    'F0000',
    /^could not open (?:dictionary|affix|stop-word|synonym|thesaurus) file "(?:.*\/)?(?<name>[^"/]+)"/,
    'dictionary',
  ],
]

/** Names that operating systems and ICU give: `de_DE`, `sv_SE.utf8`, `C.UTF-8`, `de-u-co-phonebk-x-icu`. Others are made by somebody's SQL. */
const LOCALE =
  /^(?:[a-z]{2,3}[_-][A-Z]{2}\b.*|[a-z]{2,3}(?:-\w+)*-x-icu|C\.(?:utf-?8)|(?:pg_)?c_utf8|pg_unicode_fast|unicode)$/i

/** What the server lacks, read from what Postgres said; null when the statement was refused for another reason. */
export function toServerLack({ sqlstate, message }: Said): ServerLack | null {
  for (const [state, pattern, what] of PATTERNS) {
    const name = state === sqlstate ? pattern.exec(message)?.groups?.name : undefined
    if (name === undefined || (what === 'collation' && !LOCALE.test(name))) continue
    return { what, name }
  }
  return null
}

/**
 * The error for a server that lacks something.
 * @param attempted what was being done, as the beginning of a sentence
 * @param major of the server, for the name of the image
 */
export function toLackError(
  { what, name }: ServerLack,
  attempted: string,
  major: number,
): HarnessError<'server-lacks'> {
  const object = `${what} ${name}`
  const source = what === 'extension' || what === 'library' ? findExtensionSource(name, major) : null
  const image = source?.image ?? null
  return new HarnessError(
    'server-lacks',
    `${attempted}: this server has no ${what} "${name}", so nothing can be decided here; where the server has it, the statement may well work.`,
    source?.remedy ?? toRemedy(what, name, major),
    { object, image },
  )
}

function toRemedy(what: ServerLack['what'], name: string, major: number): string {
  if (what === 'extension' || what === 'library') {
    return `Run where it is installed: an image that has it (PHASEPROOF_POSTGRES_IMAGE=<image> with --postgres testcontainers) or a server of yours (--postgres <url>). Debian's packages are named like postgresql-${major}-${name.replace(/^pg_/, '')}.`
  }
  if (what === 'dictionary') {
    return `Run where the file lies in the folder tsearch_data: an image of your own (PHASEPROOF_POSTGRES_IMAGE=<image> with --postgres testcontainers) or a server of yours (--postgres <url>).`
  }
  const locale = name.replace(/\.utf-?8$/i, '')
  return `Run where the operating system has it: --postgres <url>, or an image made of postgres:${major} by "RUN localedef -i ${locale} -c -f UTF-8 ${locale}.UTF-8" (PHASEPROOF_POSTGRES_IMAGE=<image> with --postgres testcontainers). The embedded server and the -alpine images have no locales of an operating system, only ICU's, such as "de-x-icu".`
}

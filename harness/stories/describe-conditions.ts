import type { SchemaModel } from '../model/schema-model.ts'
import type { DatabaseConditions, SnapshotManifest } from '../model/snapshot.ts'

/** How this server differs from production's in what no schema holds, in sentences. */
export function describeConditions(
  { conditions }: Pick<SnapshotManifest, 'conditions'>,
  here: Pick<DatabaseConditions, 'encoding' | 'locale'>,
  extensions: SchemaModel['extensions'],
): readonly string[] {
  if (conditions === undefined) {
    return [
      `The snapshot does not say production's locale and settings: the phases ran under the locale ${here.locale} and this server's TimeZone, DateStyle and search_path.`,
    ]
  }
  const { encoding, locale } = conditions
  const versions = new Map(extensions.map(({ name, version }) => [name, version]))
  return [
    ...(encoding === here.encoding
      ? []
      : [
          `Production's database is ${encoding}, this one ${here.encoding}: a letter that ${encoding} lacks fails there and passes here.`,
        ]),
    ...(isSameLocale(locale, here.locale)
      ? []
      : [
          `Production sorts and compares texts by the locale ${locale}, this server by ${here.locale}: the order of texts, their ranges and upper and lower case may differ.`,
        ]),
    ...conditions.extensions.flatMap(({ name, version }) => {
      const found = versions.get(name)
      return found === undefined || found === version
        ? []
        : [`Extension ${name} has version ${version} in production and ${found} here.`]
    }),
  ]
}

/** Two locales that give the same order: those of C, whoever provides them, and other spellings of one name. */
function isSameLocale(one: string, other: string): boolean {
  const plain = (locale: string) =>
    locale
      .toLowerCase()
      .replace('utf-8', 'utf8')
      .replace(/^(?:libc|builtin) (c\.utf8|c|posix)$/, '$1')
      .replace(/^posix$/, 'c')
  return plain(one) === plain(other)
}

/** Words of a schema that only an extension can mean, with the extension. */
const words: readonly [word: RegExp, extension: string][] = [
  [/\bcitext\b/i, 'citext'],
  [/\bhstore\b/i, 'hstore'],
  [/\b(ltree|lquery|ltxtquery)\b/i, 'ltree'],
  [/\b(gin|gist)_trgm_ops\b/i, 'pg_trgm'],
  [/\bgist_\w+_ops\b/i, 'btree_gist'],
  [/\buuid_generate_v\d\w*\(/i, 'uuid-ossp'],
  [/\b(gen_salt|crypt|digest|gen_random_bytes)\(/i, 'pgcrypto'],
  [/\b(geometry|geography)\b/i, 'postgis'],
  [/\b(vector|halfvec|sparsevec)\(\d+\)|\bvector_\w+_ops\b/i, 'vector'],
  [/\bunaccent\(/i, 'unaccent'],
]

/** Extensions whose types, operator classes and functions the SQL of a schema uses, whether or not it creates them. */
export function listExtensionsNeeded(sql: string): string[] {
  // Names of a person's own stand in quotes.
  const bare = sql.replaceAll(/"[^"]*"/g, '""')
  const needed = words.filter(([word]) => word.test(bare)).map(([, extension]) => extension)
  return needed.includes('pg_trgm') ? needed.filter((name) => name !== 'btree_gist') : needed
}

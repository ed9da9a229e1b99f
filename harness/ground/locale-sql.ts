/** The C library of Alpine takes any name and sorts by none. */
const LIBC = `'libc ' || d.datcollate || CASE WHEN pg_catalog.version() LIKE '%musl%' AND d.datcollate NOT IN ('C', 'POSIX')
  THEN ' of musl, which sorts as C' ELSE '' END`

/** SQL for the provider and name of the locale of a database `d`, `icu de-DE`; `major` because the catalog changed twice. */
export function toLocaleSql(major: number): string {
  if (major < 15) return LIBC
  const name = major < 17 ? 'd.daticulocale' : 'd.datlocale'
  return `coalesce(CASE d.datlocprovider WHEN 'i' THEN 'icu ' WHEN 'b' THEN 'builtin ' END || ${name}, ${LIBC})`
}

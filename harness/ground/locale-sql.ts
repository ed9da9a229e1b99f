/** SQL for the provider and name of the locale of the current database, `icu de-DE`; `major` because the catalog changed twice. */
export function toLocaleSql(major: number): string {
  if (major < 15) return `'libc ' || d.datcollate`
  const name = major < 17 ? 'd.daticulocale' : 'd.datlocale'
  return `CASE d.datlocprovider WHEN 'i' THEN 'icu ' WHEN 'b' THEN 'builtin ' ELSE 'libc ' END || coalesce(${name}, d.datcollate)`
}

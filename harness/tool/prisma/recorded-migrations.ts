/** Names that a captured history records as finished, oldest first; a migration that was rolled back is none. */
export function toRecordedMigrations(columns: readonly string[], copyText: string): readonly string[] {
  const at = (name: string) => columns.indexOf(name)
  const rows = copyText
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\t'))
    .filter((row) => row[at('finished_at')] !== '\\N' && row[at('rolled_back_at')] === '\\N')
    .toSorted((a, b) => ((a[at('started_at')] ?? '') < (b[at('started_at')] ?? '') ? -1 : 1))
  return [...new Set(rows.map((row) => row[at('migration_name')] ?? ''))]
}

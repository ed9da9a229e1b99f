import type { HistoryRow, Migration } from '../../model/history.ts'

/** SHA-256 of nothing. */
const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

/** Clocks of two machines differ, and a moment may be told without its fraction of a second. */
const ALLOWANCE_MS = 86_400_000

/** A start is told by the server's clock and an end by the deploying machine's: two clocks that are kept agree within this. */
const SKEW_MS = 5000

/**
 * Why no deploy wrote a row: sentences, empty for a row that may be true.
 * @param asOf when the history was read, ISO 8601
 * @param migration its file; undefined where the folder has none
 */
export function rowFaults(row: HistoryRow, migration: Migration | undefined, asOf: string): string[] {
  const { checksum, startedAt, finishedAt, rolledBackAt } = row
  const times = [startedAt, finishedAt, rolledBackAt].filter((time) => time !== null)
  const isOfNothing = checksum === EMPTY && migration !== undefined && migration.checksum !== EMPTY
  return [
    ...(/^[0-9a-f]{64}$/i.test(checksum) ? [] : ['its checksum is no SHA-256']),
    ...(isOfNothing ? ['its checksum is that of an empty file, and the file is not empty'] : []),
    ...(finishedAt !== null && Date.parse(finishedAt) < Date.parse(startedAt) - SKEW_MS
      ? [`it finished at ${finishedAt}, before it started at ${startedAt}`]
      : []),
    ...times
      .filter((time) => Date.parse(time) > Date.parse(asOf) + ALLOWANCE_MS)
      .slice(0, 1)
      .map((time) => `it speaks of ${time}, and the history was read at ${asOf}`),
  ]
}
